import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { afterEach, expect, test, vi } from "vitest";
import { setPreferences } from "#client/preferences.ts";
import { saveFile } from "#client/ui/csv.ts";
import { type ImportJob, type ImportRow, type LeaveOut, largestImportBytes } from "#contract/import.ts";
import {
  about,
  failing,
  listenForAuditEvents,
  renderApp,
  serveFaults,
  signedInAs,
} from "../app/render-app.tsx";

vi.mock("#client/ui/csv.ts", async (original) => ({
  ...(await original<typeof import("#client/ui/csv.ts")>()),
  saveFile: vi.fn(),
}));

const server = serveFaults();
afterEach(() => {
  vi.mocked(saveFile).mockClear();
});
// jsdom lays nothing out, and a table of no height shows no rows.
for (const side of ["clientWidth", "clientHeight"] as const)
  Object.defineProperty(Element.prototype, side, { value: 400 });

const none = { new: 0, here: 0, wrong: 0, "left-out": 0, registered: 0, failed: 0 };
const buildJob = (change: Partial<ImportJob> = {}): ImportJob => ({
  id: "j1",
  fileName: "门诊.csv",
  state: "checked",
  total: 3,
  createdAtMs: Date.now(),
  encoding: "gb18030",
  delimiter: ";",
  asOfMs: Date.now(),
  rowsPerSecond: null,
  secondsLeft: null,
  columns: [
    { header: "患者ID", field: "partnerUid" },
    { header: "姓名", field: "name" },
    { header: "病区", field: null },
  ],
  counts: { ...none, new: 1, here: 1, wrong: 1 },
  noted: 0,
  regionsAssumed: 0,
  duplicates: 0,
  trouble: null,
  waitUntilMs: null,
  ...change,
});
const buildRow = (change: Partial<ImportRow> = {}): ImportRow => ({
  row: 2,
  outcome: "new",
  partnerUid: "c-1",
  name: "张伟",
  dateOfBirth: null,
  hospitalNumber: null,
  diabetesType: null,
  therapy: null,
  phone: null,
  region: "CN",
  timeZone: "Asia/Shanghai",
  tags: [],
  duplicate: null,
  field: null,
  reason: null,
  otherFaults: [],
  firstRow: null,
  nameHere: null,
  attempts: 0,
  trouble: null,
  patientId: null,
  openId: null,
  ...change,
});

/** A server that has this file; `job` may change from poll to poll. */
function serve(job: () => ImportJob | Response, rows: ImportRow[] = []) {
  const actions: string[] = [];
  const answer = () => {
    const now = job();
    return now instanceof Response ? now : HttpResponse.json(now);
  };
  server.use(
    about(),
    signedInAs("clinician"),
    http.get("*/api/imports", () => HttpResponse.json({ imports: [] })),
    http.get("*/api/imports/j1", answer),
    http.get("*/api/imports/j1/rows", ({ request }) => {
      const wanted = new URL(request.url).searchParams.get("outcome");
      const chosen = rows.filter(
        ({ outcome, reason }) => !wanted || outcome === wanted || (wanted === "noted" && reason !== null),
      );
      return HttpResponse.json({ rows: chosen, total: chosen.length });
    }),
    http.post("*/api/imports/j1/:action", ({ params }) => {
      actions.push(String(params.action));
      return answer();
    }),
  );
  return actions;
}

const choose = async (file: File) => {
  const input = await waitFor(() => {
    const found = document.querySelector<HTMLInputElement>("input[type=file]");
    if (!found) throw new Error("no file input");
    return found;
  });
  await userEvent.upload(input, file, { applyAccept: false });
};
const button = (name: string | RegExp) => screen.findByRole("button", { name });

test("the support desk is told that this page is not for them", async () => {
  server.use(about(), signedInAs("support"));
  renderApp("/patients/import");
  expect(await screen.findByRole("heading", { name: "Not for your role" })).toBeVisible();
});

test("a chosen file goes to the server as it is, with its name, and its own page opens", async () => {
  serve(() => buildJob());
  const sent = vi.fn();
  server.use(
    http.post("*/api/imports", async ({ request }) => {
      sent(decodeURIComponent(request.headers.get("x-file-name") ?? ""), [
        ...new Uint8Array(await request.arrayBuffer()),
      ]);
      return HttpResponse.json(buildJob(), { status: 201 });
    }),
  );
  const { router } = renderApp("/patients/import");
  await choose(new File([Uint8Array.from([0xd5, 0xc5, 10])], "门诊.csv"));
  expect(await screen.findByRole("heading", { name: "门诊.csv" })).toBeVisible();
  expect(router.state.location.pathname).toBe("/patients/import/j1");
  expect(sent).toHaveBeenCalledWith("门诊.csv", [0xd5, 0xc5, 10]);
});

test("a file that is too large is refused before it is sent", async () => {
  serve(() => buildJob());
  renderApp("/patients/import");
  await choose(new File([new Uint8Array(largestImportBytes + 1)], "huge.csv"));
  expect(await screen.findByRole("alert")).toHaveTextContent(/huge.csv cannot be used.*larger than 10 MB/);
});

test("what is wrong with a file is said in words, with what to do and what was found", async () => {
  serve(() => buildJob());
  const fields = [
    { field: "file", reason: "columns" },
    { field: "partnerUid", reason: "missing" },
    { field: "name", reason: "doubled" },
    { field: "found", reason: "姓名" },
    { field: "found", reason: "name" },
  ];
  let answer = fields;
  server.use(
    http.post("*/api/imports", () => failing({ status: 400, code: "invalid-request", fields: answer })),
  );
  renderApp("/patients/import");
  await choose(new File(["姓名,name\n"], "a.csv"));
  expect(await screen.findByRole("alert")).toHaveTextContent(
    /Missing: Partner user ID\.There more than once: Name\.Found in the file: 姓名, name\./,
  );
  answer = [{ field: "file", reason: "workbook" }];
  await choose(new File(["PK"], "a.xlsx"));
  await waitFor(() => expect(screen.getByRole("alert")).toHaveTextContent(/Excel workbook.*CSV UTF-8/));
});

test("the template is in the user's language", async () => {
  setPreferences({ language: "zh-CN" });
  serve(() => buildJob());
  renderApp("/patients/import");
  await userEvent.click(await button("下载模板"));
  await waitFor(() =>
    expect(saveFile).toHaveBeenCalledWith(
      "患者.csv",
      expect.stringMatching(
        /^\ufeff合作方用户ID,姓名,出生日期,住院号,糖尿病类型,治疗方案,电话,地区,时区,标签\r\n/,
      ),
    ),
  );
});

test("the dry run shows how the file was read, what would become of each row, and registers nothing", async () => {
  const actions = serve(
    () => buildJob(),
    [
      buildRow(),
      buildRow({ row: 3, outcome: "here", patientId: "p9", nameHere: "李四", name: "李思" }),
      buildRow({ row: 5, outcome: "wrong", field: "partnerUid", reason: "duplicate", firstRow: 2 }),
    ],
  );
  renderApp("/patients/import/j1");
  const table = await screen.findByRole("table", { name: "Rows of the file" });
  const otherName = "already here as 李四: another name than in the file; is it the same person?";
  expect(await within(table).findByText(otherName)).toHaveAttribute("href", "/patients/p9");
  expect(within(table).getByText(otherName).closest("td")).toHaveAttribute("data-noted");
  expect(within(table).getByText("cannot be registered: same ID as row 2")).toBeVisible();
  expect(within(table).getAllByText("张伟")).toHaveLength(2);
  for (const text of ["GB18030", "semicolons", "Partner user ID ← 患者ID · Name ← 姓名", "病区"])
    expect(screen.getByText(text)).toBeVisible();
  expect(screen.getByText("1 patient to register")).toBeVisible();

  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Show" }), "wrong");
  await waitFor(() => expect(within(table).queryByText(otherName)).toBeNull());
  expect(actions).toEqual([]);
  await userEvent.click(await button("Register 1 patient"));
  await waitFor(() => expect(actions).toEqual(["start"]));
});

test("the focus goes on with the next button, when it runs and when it has ended", async () => {
  let job = buildJob();
  serve(() => job);
  const { queryClient } = renderApp("/patients/import/j1");
  const register = await button("Register 1 patient");
  job = buildJob({ state: "running", counts: { ...none, new: 1, here: 1, wrong: 1 } });
  await userEvent.click(register);
  await waitFor(async () => expect(await button("Pause")).toHaveFocus());
  job = buildJob({ state: "done", counts: { ...none, registered: 1, here: 1, wrong: 1 } });
  await queryClient.invalidateQueries();
  await waitFor(() => expect(screen.queryByRole("button", { name: "Pause" })).toBeNull());
  await waitFor(async () => expect(await button(/^Save result/)).toHaveFocus());
});

test("while it runs it says how far, how fast and how long, and a poll that fails leaves that standing", async () => {
  const running = buildJob({
    state: "running",
    total: 3000,
    rowsPerSecond: 12.34,
    secondsLeft: 600,
    counts: { ...none, new: 1000, registered: 1990, failed: 10 },
  });
  let now: ImportJob | Response = running;
  serve(() => now);
  const { queryClient } = renderApp("/patients/import/j1");
  expect(
    await screen.findByText("2,000 of 3,000 done · 12.3 per second · about 10 minutes left"),
  ).toBeVisible();
  expect(screen.getByRole("progressbar")).toHaveAttribute("value", "2000");
  expect(screen.getByText("Registering. 2,000 of 3,000 done")).toHaveAttribute("role", "status");

  now = failing({ code: "internal", status: 500 });
  await queryClient.refetchQueries({ queryKey: ["import", "j1"], exact: true });
  expect(await screen.findByText(/Not updating/)).toBeVisible();
  expect(screen.getByText(/2,000 of 3,000 done · /)).toBeVisible();
});

test("waiting and a pause of its own are said with their reason and what to do", async () => {
  const trouble = { code: "platform-error", platformCode: 5003, platformMessage: "quota exceeded" } as const;
  const asOfMs = Date.now();
  const counts = { ...none, new: 5 };
  let job = buildJob({ state: "running", counts, asOfMs, trouble, waitUntilMs: asOfMs + 7300 });
  const actions = serve(() => job);
  const { queryClient } = renderApp("/patients/import/j1");
  const reason = "The platform reported an error (5003: quota exceeded)";
  expect(
    await screen.findByText((words) => words.startsWith(`${reason}. Trying again automatically`)),
  ).toBeVisible();
  expect(screen.getByText("The next try is in 8 s.")).toBeVisible();
  job = buildJob({ state: "paused", counts, trouble });
  await queryClient.refetchQueries({ queryKey: ["import", "j1"], exact: true });
  expect(await screen.findByText(/Paused after many failures in a row: The platform/)).toBeVisible();
  await userEvent.click(await button("Go on"));
  await waitFor(() => expect(actions).toEqual(["start"]));
  await waitFor(async () => expect(await button("Cancel the rest")).toBeEnabled());
  await userEvent.click(await button("Cancel the rest"));
  expect(actions).toEqual(["start"]);
  await userEvent.click(await button("Cancel the rest: yes, do it"));
  await waitFor(() => expect(actions).toEqual(["start", "cancel"]));
});

test("trouble is said during a try as between two, with no pace and no time left", async () => {
  const trouble = { code: "platform-unreachable", platformCode: null, platformMessage: "" } as const;
  const asOfMs = Date.now();
  const inTrouble = buildJob({
    state: "running",
    trouble,
    asOfMs,
    rowsPerSecond: 0.2,
    secondsLeft: 5000,
    counts: { ...none, new: 1036, registered: 164 },
  });
  let job = { ...inTrouble, waitUntilMs: asOfMs + 900 };
  serve(() => job);
  const { queryClient } = renderApp("/patients/import/j1");
  const words =
    "The platform could not be reached. Trying again automatically: nothing is lost, and you can leave this page.";
  expect(await screen.findByText(words)).toBeVisible();
  expect(screen.getByText("164 of 1,200 done")).toBeVisible();
  expect(screen.getByText("The next try is in 1 s.")).toBeVisible();
  job = { ...inTrouble, waitUntilMs: asOfMs - 100 };
  await queryClient.refetchQueries({ queryKey: ["import", "j1"], exact: true });
  expect(await screen.findByText("It is being tried now.")).toBeVisible();
  expect(screen.getByText(words)).toBeVisible();
  expect(screen.getByText("Registering. The platform could not be reached")).toHaveAttribute(
    "role",
    "status",
  );
});

test("a platform that has not answered yet is no pace of zero", async () => {
  serve(() =>
    buildJob({ state: "running", rowsPerSecond: 0, counts: { ...none, new: 1036, registered: 164 } }),
  );
  renderApp("/patients/import/j1");
  expect(await screen.findByText("164 of 1,200 done")).toBeVisible();
  expect(screen.getByText(/^Waiting for the platform to answer/)).toBeVisible();
});

test("the wait for the next try is told in real time under a faster clock", async () => {
  const trouble = { code: "platform-unreachable", platformCode: null, platformMessage: "" } as const;
  const asOfMs = Date.now();
  serve(() =>
    buildJob({
      state: "running",
      trouble,
      asOfMs,
      waitUntilMs: asOfMs + 480_000,
      counts: { ...none, new: 5 },
    }),
  );
  server.use(about({ clockSpeed: 60 }));
  renderApp("/patients/import/j1");
  expect(await screen.findByText("The next try is in 8 s.")).toBeVisible();
});

test("what is heard comes at once with another state, and its numbers only now and then", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  setPreferences({ language: "zh-CN" });
  const running = buildJob({ state: "running", counts: { ...none, new: 1098, registered: 102 } });
  let job = running;
  serve(() => job);
  const { queryClient } = renderApp("/patients/import/j1");
  const poll = () => queryClient.refetchQueries({ queryKey: ["import", "j1"], exact: true });
  expect(await screen.findByText("登记中。已完成 102 / 1,200")).toHaveAttribute("role", "status");
  job = { ...running, counts: { ...none, new: 1078, registered: 122 } };
  await poll();
  expect(await screen.findByText("已完成 122 / 1,200")).toBeVisible();
  expect(screen.getByText("登记中。已完成 102 / 1,200")).toBeInTheDocument();
  job = { ...running, state: "done", counts: { ...none, registered: 1200 } };
  await poll();
  expect(await screen.findByText("已完成。1,200 / 1,200")).toHaveAttribute("role", "status");
});

test("at the end the failed ones can be tried again, and the result is saved in words, safe for a spreadsheet", async () => {
  const trouble = {
    code: "platform-refused",
    platformCode: 1002,
    platformMessage: "permission denied",
  } as const;
  const rows = [
    buildRow({ outcome: "registered", name: "=SUM(A1)", patientId: "p1", openId: "open-1" }),
    buildRow({ row: 3, partnerUid: "c-2", outcome: "failed", attempts: 1, trouble }),
    buildRow({
      row: 4,
      partnerUid: "",
      outcome: "wrong",
      tags: ["type 1", "pump"],
      field: "partnerUid",
      reason: "required",
    }),
  ];
  const actions = serve(
    () => buildJob({ state: "done", total: 2, counts: { ...none, registered: 1, failed: 1 } }),
    rows,
  );
  const told = listenForAuditEvents(server);
  renderApp("/patients/import/j1");
  await userEvent.click(await button("Save result (CSV)"));
  await waitFor(() => expect(saveFile).toHaveBeenCalled());
  const [name, text] = vi.mocked(saveFile).mock.lastCall ?? [];
  expect(name).toBe("门诊-result.csv");
  expect(text?.split("\r\n")).toEqual([
    "\ufeffRow,Partner user ID,Name,Region,Time zone,Tags,What becomes of it,Reason,Platform ID",
    "2,c-1,'=SUM(A1),CN,Asia/Shanghai,,registered,,open-1",
    "3,c-2,张伟,CN,Asia/Shanghai,,failed,The platform refused (1002: permission denied),",
    "4,,张伟,CN,Asia/Shanghai,type 1|pump,cannot be registered,Partner user ID is missing,",
    "",
  ]);
  await waitFor(() => expect(told).toEqual([{ event: "import-result.export", subject: "j1" }]));
  await userEvent.click(await button("Try the failed ones again"));
  await waitFor(() => expect(actions).toEqual(["retry"]));
});

test("rows to look at are counted, chosen and say why", async () => {
  const rows = [
    buildRow({ field: "region", reason: "assumed" }),
    buildRow({ row: 3, partnerUid: "C-1", field: "partnerUid", reason: "alike", firstRow: 2 }),
    buildRow({ row: 4, field: "partnerUid", reason: "alike-here", nameHere: "Anna (C-01)" }),
  ];
  serve(() => buildJob({ total: 3, counts: { ...none, new: 3 }, noted: 3 }), rows);
  renderApp("/patients/import/j1");
  expect(await screen.findByText("3 rows to look at")).toBeVisible();
  await userEvent.selectOptions(screen.getByLabelText("Show"), "To look at (3)");
  expect(await screen.findByText(/no region in the file, CN assumed/)).toBeVisible();
  expect(screen.getByText(/easily taken for the ID of row 2/)).toBeVisible();
  expect(screen.getByText(/easily taken for the ID of Anna \(C-01\), who is already here/)).toBeVisible();
});

test("how many regions are assumed is said once, before anybody is registered", async () => {
  serve(() =>
    buildJob({
      regionsAssumed: 1200,
      noted: 1200,
      counts: { ...none, new: 1300 },
      columns: [
        { header: "id", field: "partnerUid" },
        { header: "name", field: "name" },
        { header: "country", field: "region" },
      ],
    }),
  );
  renderApp("/patients/import/j1");
  const words = await screen.findByText(
    "1,200 rows have no region: these patients are registered in CN, which cannot be changed later.",
  );
  const register = await button("Register 1,300 patients");
  expect(words.compareDocumentPosition(register)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
});

const wrongRows = [
  buildRow({ outcome: "wrong", field: "FR", reason: "ragged" }),
  buildRow({ row: 3, outcome: "wrong", field: "region", reason: "region", region: "XX" }),
  buildRow({ row: 4, outcome: "wrong", field: "region", reason: "some-word-to-come", region: "UK" }),
  buildRow({ row: 5, outcome: "wrong", field: "partnerUid", reason: "sample" }),
  buildRow({ row: 6, outcome: "wrong", field: null, reason: "two-rows" }),
];
test.each([
  [
    "en",
    [
      "cannot be registered: more cells than columns, “FR” is one too many; a cell that contains the separator must stand in quotation marks",
      "cannot be registered: “XX” is no country or territory that we know; write its two letters, such as CN or GB",
      "cannot be registered: “UK” is no country or territory that we know; write its two letters, such as CN or GB",
      "cannot be registered: a sample row of the template; replace it or leave it out",
      "cannot be registered: what stands between two quotation marks looks like two rows; is one of them missing?",
    ],
  ],
  [
    "zh-CN",
    [
      "无法登记：单元格多于列，多出的是“FR”；含有分隔符的单元格必须加引号",
      "无法登记：无法识别国家或地区“XX”，请填写两位字母代码（例如 CN 或 GB）",
      "无法登记：无法识别国家或地区“UK”，请填写两位字母代码（例如 CN 或 GB）",
      "无法登记：模板中的示例行；请替换或删除",
      "无法登记：两个引号之间看起来有两行，是否漏了引号？",
    ],
  ],
] as const)("why a row cannot be registered is clear in %s", async (language, said) => {
  setPreferences({ language });
  serve(() => buildJob({ total: 5, counts: { ...none, wrong: 5 } }), wrongRows);
  renderApp("/patients/import/j1");
  for (const words of said) expect(await screen.findByText(words)).toBeVisible();
});

test("an empty file is called that", async () => {
  serve(() => buildJob());
  const fields = [{ field: "file", reason: "blank" }];
  server.use(http.post("*/api/imports", () => failing({ status: 400, code: "invalid-request", fields })));
  renderApp("/patients/import");
  await choose(new File([], "empty.csv"));
  expect(await screen.findByText("This file is empty.")).toBeVisible();
});

test("whoever removes an unfinished file is told what becomes of its other rows", async () => {
  const removed = vi.fn();
  serve(() => buildJob({ state: "paused", counts: { ...none, new: 1030, failed: 6, registered: 164 } }));
  server.use(
    http.delete("*/api/imports/j1", () => {
      removed();
      return HttpResponse.json({ imports: [] });
    }),
  );
  renderApp("/patients/import/j1");
  await userEvent.click(await button("Remove this file from the list"));
  expect(
    screen.getByText("1,036 rows are not registered and will not be; those registered stay."),
  ).toBeVisible();
  expect(removed).not.toHaveBeenCalled();
  await userEvent.click(await button("Remove this file from the list: yes, do it"));
  await waitFor(() => expect(removed).toHaveBeenCalledOnce());
});

test("a discarded file is gone and the way leads back to the start", async () => {
  serve(() => buildJob());
  const removed = vi.fn();
  server.use(
    http.delete("*/api/imports/j1", () => {
      removed();
      return HttpResponse.json({ imports: [] });
    }),
  );
  const { router } = renderApp("/patients/import/j1");
  await userEvent.click(await button("Discard"));
  await waitFor(() => expect(router.state.location.pathname).toBe("/patients/import"));
  expect(removed).toHaveBeenCalledOnce();
});

test("what the server would not do is said, and the file's state is asked for again", async () => {
  let job = buildJob();
  serve(() => job);
  server.use(
    http.post("*/api/imports/j1/start", () => {
      job = buildJob({ state: "cancelled", counts: { ...none, new: 1 } });
      return failing({
        status: 400,
        code: "invalid-request",
        fields: [{ field: "state", reason: "cancelled" }],
      });
    }),
  );
  renderApp("/patients/import/j1");
  await userEvent.click(await button("Register 1 patient"));
  expect(await screen.findByText("1 not registered")).toBeVisible();
  expect(await screen.findByRole("alert")).toHaveTextContent("That did not work");
});

test("who is likely here already is marked, counted and told by whom; what the file says of a person stands in its columns", async () => {
  const duplicate = {
    id: "p1",
    row: null,
    name: "Anna Berg",
    partnerUid: "c-9",
    dateOfBirth: "1980-04-03",
    same: "name-and-birth" as const,
  };
  const columns = [
    { header: "DOB", field: "dateOfBirth" as const },
    { header: "Type", field: "diabetesType" as const },
  ];
  const rows = [
    buildRow({ dateOfBirth: "1980-04-03", diabetesType: "type-2", duplicate }),
    buildRow({
      row: 3,
      partnerUid: "c-2",
      duplicate: { ...duplicate, id: null, row: 2, same: "hospital-number" },
    }),
    buildRow({ row: 4, outcome: "wrong", diabetesType: "type 9", field: "diabetesType", reason: "choice" }),
    buildRow({
      row: 5,
      outcome: "wrong",
      dateOfBirth: "3/4/1980",
      field: "dateOfBirth",
      reason: "ambiguous-date",
    }),
    buildRow({
      row: 6,
      outcome: "wrong",
      dateOfBirth: "1950-02-30",
      diabetesType: "other",
      field: "dateOfBirth",
      reason: "date-of-birth",
    }),
  ];
  serve(
    () => buildJob({ total: 5, counts: { ...none, new: 2, wrong: 3 }, noted: 2, duplicates: 2, columns }),
    rows,
  );
  renderApp("/patients/import/j1");
  expect(await screen.findByText(/2 rows are perhaps people who are already here/)).toBeVisible();
  expect(
    screen.getByText("2 patients to register, 2 of them perhaps here already or twice in the file"),
  ).toBeVisible();
  const table = within(await screen.findByRole("table"));
  const noted = await table.findByText(
    "to be registered: perhaps Anna Berg (c-9, born 3 Apr 1980), who is already here: same name and date of birth",
  );
  expect(noted.closest("td")).toHaveAttribute("data-noted");
  expect(
    table.getByText(
      "to be registered: perhaps the same person as row 2, Anna Berg (c-9, born 3 Apr 1980): same hospital number",
    ),
  ).toBeVisible();
  expect(
    table.getByText(
      "cannot be registered: Diabetes type is none of: Type 1, Type 2, Gestational, Other or unknown",
    ),
  ).toBeVisible();
  expect(
    table.getByText(
      "cannot be registered: Date of birth: day or month first? Write the year first: 1980-04-03",
    ),
  ).toBeVisible();
  expect(table.getByText("3 Apr 1980")).toBeVisible();
  expect(table.getByText("type 9")).toBeVisible();
  // What is wrong is found in the file as it is shown.
  expect(table.getByText("1950-02-30")).toBeVisible();
  expect(table.getByText("other")).toBeVisible();
  expect(table.getByRole("columnheader", { name: "Date of birth" })).toBeVisible();
  expect(table.queryByRole("columnheader", { name: "Phone" })).toBeNull();
});

test("who is likely here already is left out, one or all, and taken in again; all that is wrong with a row is told", async () => {
  const duplicate = {
    id: "p1",
    row: null,
    name: "Anna Berg",
    partnerUid: "c-9",
    dateOfBirth: null,
    same: "hospital-number" as const,
  };
  const wrong = buildRow({
    row: 4,
    outcome: "wrong",
    field: "name",
    reason: "required",
    otherFaults: [{ field: "phone", reason: "phone" }],
  });
  const rows = [buildRow({ duplicate }), buildRow({ row: 3, duplicate }), wrong];
  const job = () => {
    const left = rows.filter(({ outcome }) => outcome === "new").length;
    return buildJob({ counts: { ...none, new: left, "left-out": 2 - left, wrong: 1 }, duplicates: left });
  };
  serve(job, rows);
  server.use(
    http.put("*/api/imports/j1/left-out", async ({ request }) => {
      const asked = (await request.json()) as LeaveOut;
      for (const row of rows)
        if (row.duplicate && (asked.rows === "duplicates" || asked.rows.includes(row.row)))
          row.outcome = asked.isLeftOut ? "left-out" : "new";
      return HttpResponse.json(job());
    }),
  );
  renderApp("/patients/import/j1");
  expect(
    await screen.findByText(
      "cannot be registered: Name is missing; Phone: digits, spaces and + - ( ) only, at least 3 digits and 20 at most",
    ),
  ).toBeVisible();
  await userEvent.click(await button("Leave out, row 3"));
  expect(await screen.findByText("1 left out")).toBeVisible();
  await userEvent.click(await button("Leave it out"));
  expect(await screen.findByText("2 left out")).toBeVisible();
  await userEvent.click(await button("Register after all, row 2"));
  expect(await screen.findByText("1 left out")).toBeVisible();
  expect(await button("Register 1 patient")).toBeEnabled();
});

test("the saved result has what the file said of a person, to be mended and sent again", async () => {
  const columns = (["dateOfBirth", "diabetesType"] as const).map((field) => ({ header: field, field }));
  serve(
    () => buildJob({ state: "done", total: 1, counts: { ...none, registered: 1 }, columns }),
    [buildRow({ outcome: "registered", dateOfBirth: "1980-04-03", diabetesType: "type-2" })],
  );
  listenForAuditEvents(server);
  renderApp("/patients/import/j1");
  await userEvent.click(await button("Save result (CSV)"));
  await waitFor(() => expect(saveFile).toHaveBeenCalled());
  const [header, first] = vi.mocked(saveFile).mock.lastCall?.[1].split("\r\n") ?? [];
  expect(header).toContain("Name,Date of birth,Diabetes type,Region");
  expect(first).toContain("张伟,1980-04-03,Type 2,CN");
});
