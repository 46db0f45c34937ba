import { render } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  delete document.documentElement.dataset.brand;
  vi.resetModules();
});

/** The modules as a page has them whose document the server has written so. */
async function wear(brand: object | null) {
  vi.resetModules();
  if (brand) document.documentElement.dataset.brand = JSON.stringify(brand);
  const [{ inBrand }, { Mark }] = await Promise.all([
    import("#client/in-brand.ts"),
    import("#client/ui/mark.tsx"),
  ]);
  return { inBrand, Mark };
}

test("without a brand the product is Trendline, under its own picture", async () => {
  const { inBrand, Mark } = await wear(null);
  expect(inBrand("Trendline works, but Trendline waits.")).toBe("Trendline works, but Trendline waits.");
  const { container } = render(<Mark />);
  const picture = container.querySelector("img");
  expect([picture?.getAttribute("src"), picture?.alt, picture?.width]).toEqual(["/icon.svg", "", 28]);
  expect(container.textContent).toBe("Trendline");
});

test("sentences call it as the partner does, whatever signs the name has", async () => {
  const { inBrand } = await wear({ name: "$& Care", logo: "/a.svg" });
  expect(inBrand("No connection to the Trendline server since {{time}}.")).toBe(
    "No connection to the $& Care server since {{time}}.",
  );
});

test("a Chinese name stands in a Chinese sentence without blanks, in an English one with them", async () => {
  const { inBrand } = await wear({ name: "康糖云", logo: "/a.svg" });
  expect(inBrand("无法连接 Trendline 服务器，Trendline 未收到。")).toBe(
    "无法连接康糖云服务器，康糖云未收到。",
  );
  expect(inBrand("Open Trendline from there.")).toBe("Open 康糖云 from there.");
});

test("a wordmark stands alone and is read as the name; a mark has the name beside it", async () => {
  const { Mark } = await wear({ name: "Glukosys", logo: "/a.svg", dark: "/b.svg", ratio: 4 });
  const { container, getAllByAltText } = render(<Mark />);
  expect(getAllByAltText("Glukosys")).toHaveLength(2);
  expect(container.querySelector("span")).toBeNull();
  expect(container.querySelector("img")?.width).toBe(112);
});
