import { type ReactNode, useEffect, useRef, useState } from "react";
import classes from "./patient-bar.module.css";

/** Whose page it is, once its heading has been scrolled away. The heading has said it to those who listen. */
export function PatientBar({
  name,
  partnerUid,
  beside,
}: {
  name: string;
  partnerUid: string;
  beside?: ReactNode;
}) {
  const heading = useRef<HTMLDivElement>(null);
  const [isAway, setAway] = useState(false);
  useEffect(() => {
    if (!heading.current || typeof IntersectionObserver === "undefined") return;
    const observer = new IntersectionObserver(([entry]) =>
      setAway(entry !== undefined && !entry.isIntersecting && entry.boundingClientRect.top < 0),
    );
    observer.observe(heading.current);
    return () => observer.disconnect();
  }, []);
  return (
    <>
      <div ref={heading} className={classes.heading} />
      <div className={classes.place}>
        {isAway && (
          <div className={classes.bar} data-testid="patient-bar">
            <div className={classes.who} aria-hidden="true">
              <strong>{name}</strong> <span>{partnerUid}</span>
            </div>
            {beside}
          </div>
        )}
      </div>
    </>
  );
}
