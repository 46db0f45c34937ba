import { useQuery } from "@tanstack/react-query";
import { roles } from "#contract/staff.ts";
import { sessionQuery } from "../api/session.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { goTo } from "./control.ts";
import { keepOpen } from "./kept.ts";
import { become } from "./open-scene.ts";
import classes from "./stage.module.css";
import type { StageState } from "./use-stage.ts";

/** Who looks at it, in one click. */
export function RolesPart({ stage }: { stage: StageState }) {
  const t = useMessages("stage");
  const own = useQuery({ ...sessionQuery, enabled: false }).data?.user.role;
  return (
    <section aria-label={t("roles")} className={classes.part}>
      <h3>{t("roles")}</h3>
      <div className={classes.row}>
        {roles.map((role) => (
          <Button
            key={role}
            size="xs"
            variant="default"
            aria-pressed={role === own}
            disabled={stage.isBusy}
            onClick={() =>
              stage.act(async () => {
                await become(role);
                keepOpen(true);
                goTo("/");
              })
            }
          >
            {t(`role.${role}`)}
          </Button>
        ))}
      </div>
    </section>
  );
}
