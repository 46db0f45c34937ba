import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import classes from "./roster.module.css";

interface FoldButtonProps {
  /** The filters on a narrow screen; on a phone all that stands above the list. */
  words: "filters" | "all";
  /** How many filters there are. */
  active: number;
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
}

/** Unfolds what a narrow screen folds away, so that the list begins higher up. */
export function FoldButton({ words, active, isOpen, onOpen }: FoldButtonProps) {
  const t = useMessages("roster");
  return (
    <Button
      className={classes.fold}
      data-folds={words}
      variant="default"
      aria-expanded={isOpen}
      onClick={() => onOpen(!isOpen)}
    >
      {active > 0 ? t(`${words}Active`, { count: active }) : t(words)}
    </Button>
  );
}
