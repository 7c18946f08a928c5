// The mail of an issue's folder against the tables of caniemail.com, and its three HTML files against html-validate.
//
//     node check.mjs FOLDER
//
// A mail needs what pages no longer do: layout tables with attributes, comments that only Outlook reads, role="main" on
// a div (clients drop <main>). Everything else is checked as recommended.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { caniemail } from "caniemail";
import { HtmlValidate } from "html-validate";

const CLIENTS = ["gmail.*", "outlook.*", "apple-mail.*"];

// What those clients may lack without any harm to the layout, each with the reason.
const HARMLESS = {
  "@media": "holds the finer points, the dark colours and the phone's type sizes; the layout needs none of them",
  "<style> element": "styles are inlined",
  "Class selector": "styles are inlined",
  "<bdi> element": "a right-to-left brief shares its line with its reference alone",
  "<body> element": "the outermost table has the same ground and type",
  "color-scheme meta tag": "says that the dark scheme is ours; where it is unknown the media query decides, or the client",
  "max-height property": "the preheader is hidden by display and mso-hide too",
  "display:none": "the preheader is hidden by max-height and mso-hide too",
  "overflow": "the preheader is hidden by display and mso-hide too",
  "overflow-wrap": "stands beside word-wrap",
  "role attribute": "for screen readers; the tables read in order without it",
  "Local anchors": "the index does not jump; what it names follows below in its order",
};

const folder = process.argv[2];
// caniemail 2.0.2 breaks off at a property that its tables have for some of the clients only
const html = readFileSync(join(folder, "digest.html"), "utf-8").replace(/word-wrap:[^;"]*;/g, "");
const { issues } = caniemail({ clients: CLIENTS, html });
let failures = 0;
const found = new Map();
for (const [kind, byClient] of [["unsupported", issues.errors], ["partly", issues.warnings]]) {
  for (const [client, list] of byClient ?? []) {
    for (const issue of list) {
      const key = `${kind}: ${issue.title}`;
      found.set(key, { title: issue.title, clients: [...(found.get(key)?.clients ?? []), client] });
    }
  }
}
for (const [key, { title, clients }] of found) {
  const reason = HARMLESS[title] ?? (key.startsWith("partly") && "a value of it that the mail does not rest on");
  if (!reason) failures += 1;
  console.log(`${reason ? "ok  " : "FAIL"} ${key} [${[...new Set(clients)].join(" ")}] ${reason || ""}`);
}
for (const [name, config] of [["digest.html", "mail"], ["digest.web.html", "page"], ["digest.wechat.html", "page"]]) {
  const validate = new HtmlValidate(JSON.parse(readFileSync(new URL(`${config}.htmlvalidate.json`, import.meta.url))));
  const report = await validate.validateFile(join(folder, name)).catch((error) => ({ error }));
  if (report.error) throw report.error;
  for (const { line, ruleId, message } of report.results.flatMap((result) => result.messages)) {
    failures += 1;
    console.log(`FAIL ${name}:${line} ${ruleId}: ${message}`);
  }
  console.log(`html-validate ${name}: ${report.errorCount} errors`);
}
process.exit(failures ? 1 : 0);
