import { useNavigate } from "react-router";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";

interface ByPersonProps {
  text: string;
  /** The page that is left stays in no history: what was typed stands in its address. */
  replace?: boolean;
  onGo: () => void;
}

/** Takes what was typed for a serial number to the search for people, and into no address. */
export function ByPerson({ text, replace = false, onGo }: ByPersonProps) {
  const t = useMessages("device", "work");
  const navigate = useNavigate();
  return (
    <Button
      variant="light"
      size="compact-md"
      onClick={() => {
        onGo();
        void navigate("/devices", { replace, state: { person: text } });
      }}
    >
      {t("byPerson")}
    </Button>
  );
}
