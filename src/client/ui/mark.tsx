import { brand } from "../in-brand.ts";
import classes from "./mark.module.css";

/** The logo with the name beside it; a wide one has the name in it. */
export function Mark({ size = 28 }: { size?: number }) {
  const { name, logo, dark, ratio = 1 } = brand;
  const isWordmark = ratio >= 2;
  const picture = (src: string, className?: string) => (
    <img src={src} className={className} alt={isWordmark ? name : ""} width={size * ratio} height={size} />
  );
  return (
    <>
      {picture(logo, classes.logo)}
      {dark && picture(dark, classes.dark)}
      {isWordmark || <span>{name}</span>}
    </>
  );
}
