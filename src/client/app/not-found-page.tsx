import { Anchor, Text } from "@mantine/core";
import { Link } from "react-router";
import { useMessages } from "../i18n.ts";
import { Page } from "../ui/page.tsx";

export function NotFoundPage() {
  const t = useMessages("app");
  return (
    <Page title={t("notFound")}>
      <Text>{t("notFoundMeaning")}</Text>
      <Anchor component={Link} to="/" mt="md" display="inline-block">
        {t("toStart")}
      </Anchor>
    </Page>
  );
}
