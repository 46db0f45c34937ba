import { Button, CloseButton, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Link } from "react-router";
import { useRosterMessages } from "./messages.ts";
import classes from "./roster.module.css";
import { useSavedViews } from "./saved-views.ts";
import { usualViews } from "./view.ts";

interface ViewBarProps {
  owner: string;
  current: string;
  /** A view shows all that is in it: what is searched for is forgotten. */
  onChoose: () => void;
}

/** Views to choose from: the usual ones and those this person has named. */
export function ViewBar({ owner, current, onChoose }: ViewBarProps) {
  const t = useRosterMessages();
  const { views, save, remove } = useSavedViews(owner);
  const usual = Object.entries(usualViews) as [keyof typeof usualViews, string][];
  const isKnown = [...usual.map(([, search]) => search), ...views.map(({ search }) => search)].includes(
    current,
  );
  const link = (name: string, search: string) => (
    <Link
      to={{ search }}
      onClick={onChoose}
      className={classes.view ?? ""}
      aria-current={search === current ? "page" : undefined}
    >
      {name}
    </Link>
  );
  return (
    <nav aria-label={t("views")}>
      <ul className={classes.views}>
        {usual.map(([name, search]) => (
          <li key={name}>{link(t(`view-${name}`), search)}</li>
        ))}
        {views.map(({ name, search }) => (
          <li key={`own ${name}`}>
            {link(name, search)}
            <CloseButton size="sm" aria-label={t("removeView", { name })} onClick={() => remove(name)} />
          </li>
        ))}
        {!isKnown && (
          <li>
            <SaveView onSave={(name) => save({ name, search: current })} />
          </li>
        )}
      </ul>
    </nav>
  );
}

function SaveView({ onSave }: { onSave: (name: string) => void }) {
  const t = useRosterMessages();
  const [naming, setNaming] = useState(false);
  const [name, setName] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) onSave(name.trim());
  };
  if (!naming)
    return (
      <Button size="compact-sm" variant="default" onClick={() => setNaming(true)}>
        {t("saveView")}
      </Button>
    );
  return (
    <form onSubmit={submit} className={classes.saveView}>
      <TextInput
        size="xs"
        aria-label={t("viewName")}
        placeholder={t("viewName")}
        title={t("viewHint")}
        autoFocus
        maxLength={40}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" size="compact-sm">
        {t("save")}
      </Button>
    </form>
  );
}
