import type { CSSProperties } from "react";
import type { BrandInUse, ShownPicture } from "#contract/brand.ts";
import { useMessages } from "../i18n.ts";
import { brand } from "../in-brand.ts";
import { buttonLook } from "../ui/button.tsx";
import prose from "../ui/prose.module.css";
import { Section } from "../ui/section.tsx";
import classes from "./brand.module.css";

interface LogoProps {
  /** Null: our own. */
  logo: ShownPicture | null;
  name: string;
  size: number;
  /** It brings a white ground of its own. */
  isOnWhite?: boolean;
}

function Logo({ logo, name, size, isOnWhite = false }: LogoProps) {
  const { address, ratio } = logo ?? { address: brand.logo, ratio: 1 };
  const isWordmark = ratio >= 2;
  return (
    <span className={classes.mark}>
      <img
        src={address}
        alt={isWordmark ? name : ""}
        width={size * ratio}
        height={size}
        data-plate={(isOnWhite && logo !== null) || undefined}
      />
      {isWordmark || <span>{name}</span>}
    </span>
  );
}

interface SampleProps {
  brand: BrandInUse;
  scheme: "light" | "dark";
}

/** Sign-in, header, buttons and links in the colours of one scheme, whichever the page has. */
export function Sample({ brand: shown, scheme }: SampleProps) {
  const t = useMessages("brand");
  const { name, logo, darkLogo, accent, legal } = shown;
  const isDark = scheme === "dark";
  const variables = { ...accent.light, ...(isDark ? accent.dark : {}) } as CSSProperties;
  const chosen = { border: "2px solid var(--mantine-primary-color-filled)" };
  const hover = { background: "var(--mantine-primary-color-filled-hover)" };
  return (
    <Section id={scheme} title={t(scheme)} className={classes.scheme}>
      <div className={classes.sample} data-scheme={scheme} style={variables}>
        <h3>{t("wayIn")}</h3>
        <div className={classes.wayIn}>
          <Logo logo={logo} name={name} size={36} isOnWhite />
          <p>{name}</p>
          <small>{legal ?? t("legalMissing")}</small>
        </div>
        <h3>{t("header")}</h3>
        <div className={classes.header}>
          <Logo logo={(isDark && darkLogo) || logo} name={name} size={28} isOnWhite={isDark && !darkLogo} />
          <span className={classes.current}>{t("wayIn")}</span>
          <span className={prose.dimmed}>{t("header")}</span>
        </div>
        <h3>{t("buttons")}</h3>
        <div className={classes.buttons}>
          <span {...buttonLook({})}>{t("sample.button")}</span>
          <span {...buttonLook({})} style={hover}>
            {t("sample.hover")}
          </span>
          <span {...buttonLook({ variant: "light" })}>{t("sample.light")}</span>
          <span className={`${prose.link} ${prose.underlined}`}>{t("sample.link")}</span>
          <span className={classes.chosen} style={chosen}>
            {t("sample.field")}
          </span>
        </div>
      </div>
    </Section>
  );
}

/** The head and the foot of a sheet; paper is white in both schemes. */
export function PaperSample({ brand: shown }: { brand: BrandInUse }) {
  const t = useMessages("brand");
  const { name, logo, accent, legal } = shown;
  return (
    <Section id="paper" title={t("reportHead")}>
      <div className={classes.paper} style={accent.light as CSSProperties}>
        <div className={classes.paperHead}>
          <span>{t("sample.patient")}</span>
          <Logo logo={logo} name={name} size={24} />
        </div>
        <hr />
        <p>
          {t("sample.page")} · {name}
        </p>
        {legal && <p>{legal}</p>}
      </div>
    </Section>
  );
}
