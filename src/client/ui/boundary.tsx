import { Component, type ReactNode } from "react";

/** Shows `instead` where a part cannot be drawn, so that the rest stays. React has no hook for this. */
export class Boundary extends Component<{ instead: ReactNode; children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError() {
    return { isBroken: true };
  }

  override render() {
    return this.state.isBroken ? this.props.instead : this.props.children;
  }
}
