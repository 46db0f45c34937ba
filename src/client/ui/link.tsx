import { type ComponentProps, createContext, useContext } from "react";
import { type To, useHref, useLinkClickHandler } from "react-router";

export interface LinkProps extends Omit<ComponentProps<"a">, "href"> {
  to: To;
  replace?: boolean;
  state?: unknown;
}

/** In a view in a partner's page nothing leads to another one: what is a link elsewhere is its words there. */
export const NoWayOutContext = createContext(false);

/** To another page. The router's own brings along how a framework of its fetches pages ahead. */
export function Link({ to, replace, state, onClick, ...anchor }: LinkProps) {
  const href = useHref(to);
  const follow = useLinkClickHandler<HTMLAnchorElement>(to, { replace, state, target: anchor.target });
  if (useContext(NoWayOutContext)) return anchor.children;
  return (
    <a
      {...anchor}
      href={href}
      onClick={(event) => {
        onClick?.(event);
        if (!event.defaultPrevented) follow(event);
      }}
    />
  );
}
