import { type FormEvent, useState } from "react";
import { longestViewName, mostSavedViews } from "#contract/saved-views.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { CloseButton } from "../ui/close-button.tsx";
import { Failure } from "../ui/failure.tsx";
import { Link } from "../ui/link.tsx";
import { TextField } from "../ui/text-field.tsx";
import classes from "./roster.module.css";
import { useSavedViews } from "./saved-views.ts";
import { publishedSorts, usualViews } from "./views.ts";
import { viewWord } from "./words.ts";

interface ViewBarProps {
  owner: string;
  current: string;
  /** A search narrows the view: it is not as it was chosen. */
  isSearched: boolean;
  /** A view shows all that is in it: what is searched for is forgotten. */
  onChoose: () => void;
}

/** Views to choose from: the usual ones and those this person has named. */
export function ViewBar({ owner, current, isSearched, onChoose }: ViewBarProps) {
  const t = useMessages("roster");
  const { views, error, isPending, save, remove } = useSavedViews(owner);
  const usual = Object.entries(usualViews) as [keyof typeof usualViews, string][];
  const published = publishedSorts.map((sort) => ({ sort, search: `sort=${sort}` }));
  const isKnown = [
    ...usual.map(([, search]) => search),
    ...[...published, ...views].map(({ search }) => search),
  ].includes(current);
  const link = (name: string, search: string) => (
    <Link
      to={{ search }}
      onClick={onChoose}
      className={classes.view ?? ""}
      aria-current={search === current && !isSearched ? "page" : undefined}
    >
      {name}
    </Link>
  );
  return (
    <nav aria-label={t("views")}>
      <ul className={classes.views}>
        {usual.map(([name, search]) => (
          <li key={name}>{link(viewWord(t, name), search)}</li>
        ))}
        {views.map(({ name, search }) => (
          <li key={`own ${name}`}>
            {link(name, search)}
            <CloseButton aria-label={t("removeView", { name })} onClick={() => remove(name)} />
          </li>
        ))}
        {!isKnown && (
          <li>
            <SaveView
              isFull={views.length >= mostSavedViews}
              isPending={isPending}
              onSave={(name) => save({ name, search: current })}
            />
          </li>
        )}
      </ul>
      {error && <Failure error={error} title={t("viewFailed")} />}
    </nav>
  );
}

interface SaveViewProps {
  isFull: boolean;
  isPending: boolean;
  onSave: (name: string) => void;
}

function SaveView({ isFull, isPending, onSave }: SaveViewProps) {
  const t = useMessages("roster");
  const [naming, setNaming] = useState(false);
  const [name, setName] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() && !isPending) onSave(name.trim());
  };
  if (isFull) return <span className={classes.viewsFull}>{t("viewsFull", { most: mostSavedViews })}</span>;
  if (!naming)
    return (
      <Button size="compact-sm" variant="default" onClick={() => setNaming(true)}>
        {t("saveView")}
      </Button>
    );
  return (
    <form onSubmit={submit} className={classes.saveView}>
      <TextField
        size="xs"
        aria-label={t("viewName")}
        placeholder={t("viewName")}
        description={t("viewHint")}
        isHintBelow
        autoFocus
        maxLength={longestViewName}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Escape" && setNaming(false)}
      />
      <Button type="submit" size="compact-sm" loading={isPending}>
        {t("action.save")}
      </Button>
    </form>
  );
}
