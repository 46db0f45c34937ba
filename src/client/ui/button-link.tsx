import { type ButtonLook, buttonLook } from "./button.tsx";
import { Link, type LinkProps } from "./link.tsx";

/** A way to another page that looks like a button. */
export function ButtonLink({ variant, size, fullWidth, className, ...props }: LinkProps & ButtonLook) {
  return <Link {...props} {...buttonLook({ variant, size, fullWidth, className })} />;
}
