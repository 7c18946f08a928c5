// What the named clients make of everything that our mails use, from the tables of caniemail.com:
//
//     node table.mjs > ../../tests/clients.json
//
// tests/test_clients.py refuses a mail that uses what is not in this table. Add it here first, and look at what it says.
import { readFileSync } from "node:fs";

const FEATURES = {
  properties: {
    "background-color": "css-background-color", border: "css-border", "border-bottom": "css-border", "border-bottom-color": "css-border",
    "border-color": "css-border", "border-left": "css-border", "border-radius": "css-border-radius", "border-top": "css-border",
    "border-top-color": "css-border", display: "css-display", float: "css-float", font: "css-font", "font-family": "css-font",
    "font-size": "css-font-size", "font-weight": "css-font-weight", "line-height": "css-line-height", margin: "css-margin",
    "margin-bottom": "css-margin", "margin-top": "css-margin", "max-height": "css-max-height", "max-width": "css-max-width",
    overflow: "css-overflow", "overflow-wrap": "css-overflow-wrap", padding: "css-padding", "padding-left": "css-padding",
    "padding-top": "css-padding", "text-align": "css-text-align", "text-decoration": "css-text-decoration",
    "text-indent": "css-text-indent", "text-underline-offset": "css-text-underline-offset", "text-wrap": "css-text-wrap",
    "vertical-align": "css-vertical-align", width: "css-width", "word-wrap": "css-word-wrap",
  },
  elements: {
    a: "html-anchor-links", bdi: "html-bdi", body: "html-body", div: "html-div", h1: "html-h1-h6", h2: "html-h1-h6", h3: "html-h1-h6",
    p: "html-p", small: "html-small", span: "html-span", style: "html-style", table: "html-table", tbody: "html-table", td: "html-table",
    tr: "html-table",
  },
  attributes: {
    align: "html-align", cellpadding: "html-cellpadding", cellspacing: "html-cellspacing", class: "css-selector-class", lang: "html-lang",
    role: "html-role", valign: "html-valign", width: "html-width",
  },
};
const CLIENTS = {
  "Gmail": ["gmail", ["desktop-webmail", "ios", "android", "mobile-webmail"]],
  "Outlook for Windows": ["outlook", ["windows"]],
  "Outlook on the web": ["outlook", ["outlook-com"]],
  "Apple Mail": ["apple-mail", ["macos", "ios"]],
};
const WORSE = ["y", "u", "a", "n"];

const tables = JSON.parse(readFileSync(new URL("node_modules/caniemail/data/caniemail.json", import.meta.url)));
const features = new Map(tables.data.map((feature) => [feature.slug, feature]));

// The worst of a client's platforms in their latest version: y yes, a partly, n no, u not known.
function support(feature, [family, platforms]) {
  const found = platforms.flatMap((platform) => Object.values(feature.stats[family]?.[platform] ?? {}).slice(-1));
  return found.map((said) => said[0]).sort((one, other) => WORSE.indexOf(other) - WORSE.indexOf(one))[0] ?? "u";
}

const rows = (slugs) =>
  Object.fromEntries(
    Object.entries(slugs).map(([name, slug]) => {
      const feature = features.get(slug);
      const said = Object.fromEntries(Object.entries(CLIENTS).map(([client, where]) => [client, support(feature, where)]));
      return [name, { feature: slug, tested: feature.last_test_date, ...said }];
    }),
  );
const table = Object.fromEntries(Object.entries(FEATURES).map(([kind, slugs]) => [kind, rows(slugs)]));
const lines = (part) =>
  Object.entries(part).map(([name, row]) => `  ${JSON.stringify(name)}: ${JSON.stringify(row)}`).join(",\n");
const parts = Object.entries(table).map(([kind, part]) => ` ${JSON.stringify(kind)}: {\n${lines(part)}\n }`);
const source = `https://www.caniemail.com/ by the npm package caniemail, state of ${tables.last_update_date.slice(0, 10)}`;
console.log(`{\n "source": ${JSON.stringify(source)},\n${parts.join(",\n")}\n}`);
