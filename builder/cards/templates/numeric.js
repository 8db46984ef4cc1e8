// What a typed number earns: the rules of builder/text/numbers.py and builder/model/verdict.py, which say them at length.
// Fractions are pairs of whole numbers of any size, so that 0.1 is a tenth.
const POWER = "[(]?([+-]?[0-9]{1,3})[)]?(?![0-9])";
const TYPED = new RegExp(
  "^([+-]?) ?([^0-9.,+-]*?) ?([+-]?) ?(?=[.,]?[0-9])(?:10 ?(?:\\^|\\*\\*) ?" + POWER +
    "|(?:([0-9]{1,3}(?:([ '.,])[0-9]{3}(?![0-9]))(?:\\6[0-9]{3}(?![0-9]))*)|([0-9]*))(?:([.,])([0-9]+))?" +
    "(?: ?/ ?([0-9]+)(?![0-9]|[.,][0-9])|[eE]" + POWER + "| ?[·⋅∙×xX*] ?10 ?(?:\\^|\\*\\*) ?" + POWER + ")?)" +
    "(?![.,]?[0-9]|[eE][+-]?[0-9]|[¼½¾⅐-⅞])(.*)$",
);
const SIGNS = { "’": "'", "٬": "'", "⁄": "/", "＋": "+", "．": ".", "，": "," };
const LOWERED = { "⁺": "+", "⁻": "-", "¹": "1", "²": "2", "³": "3" };
const dashed = (text) => text.replace(/[‐-―−﹣－]/g, "-");
const digit = (sign) => [0x660, 0x6f0, 0x966, 0xff10].map((zero) => sign.charCodeAt(0) - zero).find((n) => n >= 0 && n < 10);
const lowered = (signs) => "^" + signs.replace(/./g, (sign) => LOWERED[sign] || sign.charCodeAt(0) - 0x2070);

function cleaned(text, decimal) {
  const signs = dashed(text).replace(/[’٬⁄＋．，]/g, (sign) => SIGNS[sign]).replace(/[٠-٩۰-۹०-९０-９]/g, digit);
  return signs.replace(/٫/g, decimal).replace(/\s+/g, " ").trim().replace(/[⁰¹²³⁴-⁹⁺⁻]+/g, lowered);
}

function unitName(text) {
  const plain = dashed(text.normalize("NFKC")).replace(/[\^~(){}\\]/g, "").trim().replace(/\.+$/, "").trim();
  return plain.replace(/\s*[·⋅∙*×]\s*|\s+/g, "·").replace(/·\//g, "/").replace(/\/·/g, "/").replace(/ *\/ */g, "/");
}

const big = (digits) => BigInt(digits || 0);
const ten = (power) => BigInt("1" + "0".repeat(power));
const fraction = (text) => text.split("/").map(big);
const times = ([a, b], [c, d]) => [a * c, b * d];
const minus = ([a, b], [c, d]) => [a * d - c * b, b * d];
const isMost = ([a, b], [c, d]) => a * d <= c * b; // whether the first is at most the second
const ZERO = fraction("0/1");
const ONE = fraction("1/1");

function figuresOf(digits, decimals) {
  const told = (digits + (decimals || "")).replace(/^0+/, "");
  if (!told) return [1, digits.length + (decimals || "").length];
  return [(decimals ? told : told.replace(/0+$/, "")).length, told.length];
}

// The value, the least and the most figures that it shows, and the unit; null if it is no number.
function read(typed, decimal) {
  const found = typed.length <= 200 && TYPED.exec(cleaned(typed, decimal));
  if (!found || (found[1] && found[3])) return null;
  const [first, before, second, power, grouped, group, plain, , , below, e, raised, after] = found.slice(1);
  let [point, decimals] = found.slice(8, 10);
  let digits = plain || "";
  if (grouped) {
    const parts = grouped.split(group);
    const isOne = parts.length === 2 && ".,".includes(group) && (group === decimal || parts[0][0] === "0");
    if (!point && isOne) [digits, point, decimals] = [parts[0], group, parts[1]];
    else if (point === group || grouped[0] === "0") return null;
    else digits = parts.join("");
  }
  const scaled = (value, exponent) => (exponent < 0 ? [value, ten(-exponent)] : [value * ten(exponent), big(1)]);
  const made = (value, figures) => {
    if ([first, second].includes("-")) value[0] = -value[0];
    return { value, figures, unit: `${before} ${after}`.trim(), isGrouped: Boolean(grouped) };
  };
  if (power) return made(scaled(big(1), Number(power)), [1, 1]);
  if (!digits && !decimals) return null;
  if (below) return decimals || !big(below) ? null : made([big(digits), big(below)], [0, 0]);
  const exponent = Number(e || raised || 0) - (decimals || "").length;
  return made(scaled(big(digits + (decimals || "")), exponent), figuresOf(digits, decimals));
}

// The fraction in lowest terms, as it is said.
function said([a, b]) {
  let [x, y] = [a, b];
  while (y) [x, y] = [y, x % y];
  return b / x === big(1) ? `${a / x}` : `${a / x}/${b / x}`;
}

// What is told of a typed number, and the share of the marks that it earns; `entries` are the accepted ranges.
function weigh(typed, entries) {
  const rules = JSON.parse(entries[0].dataset.rules);
  const found = read(typed, rules.decimal);
  if (!found) return { share: ZERO, reasons: [word("no_number")] };
  const reasons = [];
  let cost = ZERO;
  const take = (share, reason) => {
    cost = minus(cost, minus(ZERO, share));
    reasons.push(reason);
  };
  const factor = rules.units && found.unit ? rules.units[unitName(found.unit)] : undefined;
  if (found.unit && !factor) take(rules.units ? fraction(rules.unitCost) : ONE, rules.units ? word("unit_is_wrong") : word("no_unit"));
  if (!found.unit && rules.ask === "required") take(fraction(rules.unitCost), word("unit_is_missing"));
  if (rules.figures && !(found.figures[0] <= rules.figures && rules.figures <= found.figures[1])) {
    take(fraction(rules.figuresCost), word("other_figures", rules.figures));
  }
  const value = times(found.value, factor ? fraction(factor) : ONE);
  const shareOf = (entry) => fraction(entry.dataset.share);
  const within = entries.filter((it) => isMost(fraction(it.dataset.least), value) && isMost(value, fraction(it.dataset.most)));
  const best = within.reduce((most, it) => (most && isMost(shareOf(it), shareOf(most)) ? most : it), null);
  if (!best) return { share: ZERO, reasons: found.isGrouped ? [word("reads_as", said(found.value))] : [] };
  const why = best.querySelector(".why");
  const share = minus(shareOf(best), cost);
  return { share: isMost(ZERO, share) ? share : ZERO, reasons: why ? [...reasons, why.textContent] : reasons, place: entries.indexOf(best) };
}

function judgeNumber(typed, text, entries) {
  const { share, reasons, place } = weigh(text, entries);
  const isWhole = isMost(ONE, share);
  const name = isWhole ? "good" : isMost(share, ZERO) ? "bad" : "some";
  const verdict = { good: place ? word("is_accepted") : word("is_right"), bad: word("not_right"), some: word("right_in_part", said(share)) }[name];
  const shown = typed.querySelector("#typeans");
  shown.textContent = "";
  shown.append(make("span", { good: "typeGood", bad: "typeBad", some: "" }[name], text));
  say(typed, [verdict, ...reasons].join(" "));
  typed.querySelector(".verdict").classList.add(name);
}
