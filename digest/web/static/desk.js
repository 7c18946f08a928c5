// The desk without this script: every link is a page of its own. With it: the receipt opens beside the issue, a click on a
// sentence in the frame opens its receipt too, and the page is loaded again when the issue has been rebuilt.
"use strict";

const list = document.getElementById("list");
const pane = document.getElementById("pane");
const frame = document.getElementById("frame");

// --- the receipt ----------------------------------------------------------------------------------------------------

const address = (link) => link.pathname + link.search;
const dense = (text) => text.replace(/\s+/g, "");
const scrolls = (area) => getComputedStyle(area).overflowY !== "visible";

function showCurrent() {
  for (const link of list.querySelectorAll("a.q")) {
    const current = address(link) === address(location);
    if (current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    if (current && scrolls(list)) link.scrollIntoView({ block: "nearest" });
  }
}

function showQuote() {
  const box = pane.querySelector(".document");
  const quote = document.getElementById("quote");
  if (scrolls(pane)) pane.scrollTop = 0;
  if (!box || !quote) return;
  const first = quote.getClientRects()[0];
  box.scrollTop += first.top - box.getBoundingClientRect().top - box.clientHeight / 3;
}

// The issue beside it goes to the passage too, unless that is in sight.
function showInFrame() {
  const doc = frame && frame.contentDocument;
  const quoted = pane.querySelector("blockquote");
  if (!doc || !doc.body || !quoted) return;
  const words = dense(quoted.textContent);
  const block = [...doc.querySelectorAll("p,h3,li")].find((each) => dense(each.textContent).includes(words));
  if (!block) return;
  const { top, bottom } = block.getBoundingClientRect();
  const height = frame.clientHeight;
  if (top < 0 || bottom > height) frame.contentWindow.scrollBy(0, top - height / 3);
}

function onReceipt() {
  showCurrent();
  showInFrame();
  pane.querySelector(".pane-title").focus({ preventScroll: true });
  requestAnimationFrame(() => { // after htmx has gone to the address's anchor
    showQuote();
    if (!scrolls(pane)) pane.scrollIntoView();
  });
}

function onReturn() {
  showCurrent();
  requestAnimationFrame(showQuote);
  showInFrame();
}

if (pane) {
  pane.addEventListener("htmx:afterSettle", onReceipt);
  document.body.addEventListener("htmx:historyRestore", onReturn);
  addEventListener("load", onReturn);
}

// --- clicks in the frame --------------------------------------------------------------------------------------------

const PLACES = "digest-frame";
let quotes = null;

function caretAt(doc, x, y) {
  if (doc.caretPositionFromPoint) {
    const at = doc.caretPositionFromPoint(x, y);
    return at && [at.offsetNode, at.offset];
  }
  const range = doc.caretRangeFromPoint(x, y);
  return range && [range.startContainer, range.startOffset];
}

function denseLengthTo(doc, start, caret) {
  const range = doc.createRange();
  range.setStart(start, 0);
  range.setEnd(...caret);
  return dense(range.toString()).length;
}

function occurrencesBefore(text, passage) {
  let count = 0;
  for (let at = text.indexOf(passage); at >= 0; at = text.indexOf(passage, at + 1)) count += 1;
  return count;
}

// The quote under the caret; of several with the same words, the one that stands as far down the issue.
function quoteAt(doc, block, caret) {
  const text = dense(block.textContent);
  const clicked = denseLengthTo(doc, block, caret);
  const covers = (words) => {
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
      if (at <= clicked && clicked <= at + words.length) return at;
    }
    return -1;
  };
  const found = quotes.filter((quote) => quote.words && covers(quote.words) >= 0);
  if (!found.length) return null;
  const longest = found.reduce((a, b) => (b.words.length > a.words.length ? b : a));
  const same = found.filter((quote) => quote.words === longest.words);
  const before = doc.createRange();
  before.setStart(doc.body, 0);
  before.setEnd(block, 0);
  const passed = occurrencesBefore(dense(before.toString()), longest.words);
  return same[Math.min(passed, same.length - 1)];
}

async function onFrameClick(event) {
  const doc = frame.contentDocument;
  const link = event.target.closest("a[href]");
  if (link) {
    if (link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    open(link.href, "_blank", "noopener,noreferrer");
    return;
  }
  const block = event.target.closest("p,h3,li");
  const caret = caretAt(doc, event.clientX, event.clientY);
  if (!block || !caret || !block.contains(caret[0])) return;
  if (!quotes) {
    const answer = await fetch(frame.dataset.quotes);
    if (!answer.ok) return;
    quotes = (await answer.json()).map((quote) => ({ link: quote.link, words: dense(quote.text) }));
  }
  const quote = quoteAt(doc, block, caret);
  if (!quote) return;
  const opener = document.createElement("a");
  opener.href = quote.link;
  opener.hidden = true;
  list.querySelector("[hx-boost]").append(opener);
  htmx.process(opener);
  opener.click();
  opener.remove();
}

function onFrame() {
  const doc = frame.contentDocument;
  if (!doc || doc.URL === "about:blank") return;
  doc.addEventListener("click", onFrameClick);
  const kept = JSON.parse(sessionStorage.getItem(PLACES) || "{}");
  if (kept.src === frame.src) frame.contentWindow.scrollTo(0, kept.top);
  sessionStorage.removeItem(PLACES);
}

if (frame) {
  frame.addEventListener("load", onFrame);
  if (frame.contentDocument && frame.contentDocument.readyState === "complete") onFrame();
}

// --- rebuilding -----------------------------------------------------------------------------------------------------

// Numbers of articles may be others by now: the sentence that was open is looked for by its words.
async function findAgain(words) {
  const fragment = await fetch(location.href, { headers: { "HX-Request": "true" } });
  const here = new DOMParser().parseFromString(await fragment.text(), "text/html").querySelector("blockquote");
  if (here && here.textContent === words) return null;
  const answer = frame && (await fetch(frame.dataset.quotes));
  const known = answer && answer.ok ? await answer.json() : [];
  const quote = known.find(({ text }) => text === words);
  return quote ? quote.link : location.pathname.replace(/articles\/.*/, "") + location.search;
}

async function loadAgain() {
  news.close();
  if (frame) sessionStorage.setItem(PLACES, JSON.stringify({ src: frame.src, top: frame.contentWindow.scrollY }));
  const quoted = pane && pane.querySelector("blockquote");
  const elsewhere = quoted && (await findAgain(quoted.textContent).catch(() => null));
  if (elsewhere) location.replace(elsewhere);
  else location.reload();
}

function onNews(message) {
  const { stamp, building } = JSON.parse(message.data);
  document.querySelector("#state .building").hidden = !building;
  if (stamp !== document.body.dataset.stamp) loadAgain();
}

// A browser keeps few connections to one host: a tab that nobody sees gives its own back.
let news = null;
function listen() {
  if (news) news.close();
  news = document.hidden ? null : new EventSource("/events");
  if (news) news.onmessage = onNews;
}
document.addEventListener("visibilitychange", listen);
addEventListener("pagehide", () => news && news.close());
addEventListener("pageshow", listen);
