import { Anchor, Text } from "@mantine/core";
import { Link } from "react-router";
import { Page } from "../ui/page.tsx";
import { useAppMessages } from "./app-messages.ts";

export function NotFoundPage() {
  const t = useAppMessages();
  return (
    <Page title={t("notFound")}>
      <Text>{t("notFoundMeaning")}</Text>
      <Anchor component={Link} to="/" mt="md" display="inline-block">
        {t("toStart")}
      </Anchor>
    </Page>
  );
}
