import { existsSync, globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { expect, test } from "vitest";

const read = (path: string) => readFileSync(path, "utf8");

test("every Mantine component in use has its styles imported", () => {
  const styles = read("src/client/ui/mantine.tsx");
  const used = globSync("src/client/**/*.tsx").flatMap((path) => {
    const names = /import \{([^}]*)\} from "@mantine\/core"/.exec(read(path))?.[1]?.split(",") ?? [];
    return names.map((name) => name.trim());
  });
  const styled = [...new Set(used)].filter((name) =>
    existsSync(`node_modules/@mantine/core/styles/${name}.css`),
  );
  expect(styled).toContain("Popover");
  expect(styled.filter((name) => !styles.includes(`styles/${name}.css`))).toEqual([]);
});

test("no two modules of styles have one name, by which their classes are called", () => {
  const names = globSync("src/client/**/*.module.css").map((path) => basename(path));
  expect(names.length).toBeGreaterThan(1);
  expect(new Set(names).size).toBe(names.length);
});
