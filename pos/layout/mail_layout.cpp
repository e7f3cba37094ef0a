#include "pos/layout/mail_layout.h"

#include <fmt/format.h>

#include "core/base/text.h"
#include "pos/layout/receipt_words.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

// The till's own colours. Mail programs that know dark mode take those of the
// style sheet; the others see the inline ones.
constexpr std::string_view head = R"(<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; supported-color-schemes: light dark; }}
@media (max-width: 620px) {{ .pad {{ padding-left: 20px !important; padding-right: 20px !important; }} }}
@media (prefers-color-scheme: dark) {{
  .page {{ background-color: #131417 !important; }}
  .card {{ background-color: #1d1f24 !important; }}
  .ink {{ color: #f2f2f0 !important; }}
  .soft {{ color: #b5b7be !important; }}
  .edge {{ border-color: #31343c !important; }}
  .sunk {{ background-color: #131417 !important; }}
  .mark {{ background-color: #f2f2f0 !important; color: #1d1f24 !important; }}
  .good {{ background-color: #173425 !important; color: #7ad6a0 !important; }}
  .open {{ background-color: #3a2c10 !important; color: #f3c26b !important; }}
}}
</style>
</head>
<body class="page" style="margin:0;padding:0;background-color:#f3f2ee;-webkit-text-size-adjust:100%">
<div style="display:none;max-height:0;overflow:hidden">{preview}</div>
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background-color:#f3f2ee">
<tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px;word-break:break-word;overflow-wrap:anywhere;font-family:Inter,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:15px;line-height:22px">
)";

constexpr std::string_view foot = "</table>\n</td></tr>\n</table>\n</body>\n</html>\n";

constexpr std::string_view card_begins =
    "<tr><td class=\"card\" style=\"background-color:#ffffff;border-radius:12px\">\n"
    "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" "
    "border=\"0\">\n";
constexpr std::string_view card_ends = "</table>\n</td></tr>\n";

constexpr std::string_view section_begins =
    "<tr><td class=\"pad\" style=\"padding:8px 32px\">\n"
    "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" "
    "border=\"0\">\n";
constexpr std::string_view section_ends = "</table>\n</td></tr>\n";

std::string ink(std::string_view text, std::string_view more = "") {
  return fmt::format("<span class=\"ink\" style=\"color:#1b1a18;{}\">{}</span>", more,
                     escape_html(text));
}

std::string soft(std::string_view text, std::string_view more = "") {
  return fmt::format("<span class=\"soft\" style=\"color:#5a564f;font-size:13px;{}\">{}</span>",
                     more, escape_html(text));
}

// An amount stays on one line; what is longer than any may break like the rest.
enum class Breaks : bool { never, anywhere };
Breaks breaks_of(std::string_view value) {
  constexpr std::size_t longest_amount = 24;
  return value.size() > longest_amount ? Breaks::anywhere : Breaks::never;
}

// A row of two cells whose contents are HTML already.
std::string row(std::string_view left, std::string_view right, Breaks breaks = Breaks::never) {
  return fmt::format(
      "<tr><td align=\"left\" valign=\"top\" style=\"padding:4px 0\">{}</td>"
      "<td align=\"right\" valign=\"top\" style=\"padding:4px 0 4px 16px{}\">"
      "{}</td></tr>\n",
      left, breaks == Breaks::never ? ";white-space:nowrap" : "", right);
}

std::string soft_row(const Fact& fact) {
  return row(soft(fact.label), soft(fact.value), breaks_of(fact.value));
}

std::string ink_row(const Fact& fact, std::string_view more = "") {
  return row(ink(fact.label, more), ink(fact.value, more), breaks_of(fact.value));
}

std::string divider() {
  return "<tr><td class=\"pad\" style=\"padding:8px 32px\"><table role=\"presentation\" "
         "width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr><td class=\"edge\" "
         "style=\"border-top:1px solid #e3e0d9;font-size:0;line-height:0\">&nbsp;</td></tr>"
         "</table></td></tr>\n";
}

std::string section(std::string_view rows) {
  return fmt::format("{}{}{}", section_begins, rows, section_ends);
}

std::string shop_html(const ReceiptWords& said) {
  const std::string_view name = said.shop.empty() ? std::string_view() : said.shop.front();
  const std::string letters = core::initials(name);
  std::string mark;
  if (!letters.empty()) {
    mark = fmt::format(
        "<td width=\"40\" align=\"center\" valign=\"top\"><div class=\"mark\" "
        "style=\"width:40px;line-height:40px;background-color:#1b1a18;color:#ffffff;"
        "border-radius:10px;font-weight:700;font-size:16px\">{}</div></td>",
        escape_html(letters));
  }
  return fmt::format(
      "<tr><td style=\"padding:0 4px 16px\"><table role=\"presentation\" cellpadding=\"0\" "
      "cellspacing=\"0\" border=\"0\"><tr>{}<td style=\"padding-left:12px\">{}</td></tr></table>"
      "</td></tr>\n",
      mark, ink(name, "font-size:18px;font-weight:700"));
}

// What it was, how much, and whether it is paid.
std::string summary_html(const ReceiptWords& said, const Words& words) {
  const bool open = said.still_due.has_value();
  const std::string state =
      open ? said.still_due->label + ": " + said.still_due->value : std::string(words("Paid"));
  return fmt::format(
      "<tr><td class=\"pad\" style=\"padding:32px 32px 8px\">{}<br>{}</td></tr>\n"
      "<tr><td class=\"pad\" style=\"padding:8px 32px 16px\">"
      "<div class=\"ink\" style=\"color:#1b1a18;font-size:36px;line-height:44px;font-weight:700\">"
      "{}</div><span class=\"{}\" style=\"display:inline-block;padding:2px 12px;"
      "border-radius:14px;font-size:14px;font-weight:600;{}\">{}</span></td></tr>\n",
      ink(said.title, "font-size:18px;font-weight:700"), soft(said.date + ", " + said.time),
      escape_html(said.total.value), open ? "open" : "good",
      open ? "background-color:#fbedd0;color:#7d4a00" : "background-color:#e1f2e7;color:#16693a",
      escape_html(state));
}

std::string line_html(const LineWords& line) {
  std::string under;
  const auto add = [&](const std::string& text, std::string_view more = "") {
    if (!text.empty()) under += "<br>" + soft(text, more);
  };
  add(line.detail);
  add(line.regular, "text-decoration:line-through");
  add(line.note);
  std::string html = row(ink(line.title) + under, ink(line.amount));
  for (const Fact& discount : line.discounts) html += soft_row(discount);
  return html;
}

std::string lines_html(const ReceiptWords& said) {
  std::string rows;
  for (const LineWords& line : said.lines) rows += line_html(line);
  return section(rows);
}

std::string sums_html(const ReceiptWords& said) {
  constexpr std::string_view strong = "font-weight:700;font-size:17px";
  std::string rows;
  for (const Fact& sum : said.sums) rows += soft_row(sum);
  rows += ink_row(said.total, strong);
  for (const Fact& fact : said.account) rows += ink_row(fact);
  if (said.still_due) rows += ink_row(*said.still_due, strong);
  return section(rows);
}

std::string tenders_html(const ReceiptWords& said) {
  std::string rows;
  for (const TenderWords& tender : said.tenders) {
    std::string name = ink(tender.amount.label);
    if (!tender.reference.empty()) name += "<br>" + soft(tender.reference);
    rows += row(name, ink(tender.amount.value));
    for (const Fact& detail : tender.details) rows += soft_row(detail);
  }
  return rows.empty() ? "" : section(rows);
}

std::string tax_row(const TaxWords& tax) {
  std::string html = fmt::format("<tr><td align=\"left\">{}</td>", soft(tax.rate));
  for (const std::string* amount : {&tax.net, &tax.tax, &tax.gross}) {
    html += fmt::format("<td align=\"right\" style=\"padding-left:12px\">{}</td>", soft(*amount));
  }
  return html + "</tr>\n";
}

std::string taxes_html(const ReceiptWords& said) {
  if (said.taxes.empty()) return {};
  std::string rows;
  if (!said.tax_title.empty()) {
    rows += fmt::format("<tr><td colspan=\"4\">{}</td></tr>\n", soft(said.tax_title));
  }
  rows += tax_row(said.tax_heads);
  for (const TaxWords& tax : said.taxes) rows += tax_row(tax);
  for (const std::string& note : said.tax_notes) {
    rows += fmt::format("<tr><td colspan=\"4\">{}</td></tr>\n", soft(note));
  }
  return fmt::format(
      "<tr><td class=\"pad\" style=\"padding:8px 32px 32px\"><table role=\"presentation\" "
      "width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr><td class=\"sunk\" "
      "style=\"background-color:#f3f2ee;border-radius:8px;padding:12px 16px\">\n"
      "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" "
      "border=\"0\">\n{}</table>\n</td></tr></table></td></tr>\n",
      rows);
}

std::string joined(const std::vector<std::string>& texts, std::string_view between) {
  return fmt::format("{}", fmt::join(texts, between));
}

std::string foot_html(const ReceiptWords& said) {
  std::vector<std::string> facts{said.receipt.label + " " + said.receipt.value};
  for (const Fact& fact : said.facts) facts.push_back(fact.label + " " + fact.value);
  std::string html;
  for (const std::string& text : said.footer) html += ink(text) + "<br>\n";
  html += soft(joined(facts, " · ")) + "<br>\n";
  if (!said.invoice_to.empty()) html += soft(joined(said.invoice_to, " · ")) + "<br>\n";
  for (const std::string& line : said.fiscal) html += soft(line) + "<br>\n";
  html += soft(joined(said.shop, " · "));
  if (!said.tax_number.empty()) html += "<br>\n" + soft(said.tax_number);
  return fmt::format(
      "<tr><td class=\"pad\" align=\"center\" style=\"padding:24px 32px\">{}"
      "</td></tr>\n",
      html);
}

std::string html_of(const ReceiptWords& said, const std::string& subject, const Words& words) {
  std::string html =
      fmt::format(head, fmt::arg("language", code_of(words.language())),
                  fmt::arg("title", escape_html(subject)),
                  fmt::arg("preview", escape_html(said.total.label + " " + said.total.value)));
  html += shop_html(said);
  html += card_begins;
  html += summary_html(said, words);
  html += divider() + lines_html(said);
  html += divider() + sums_html(said);
  html += divider() + tenders_html(said);
  html += taxes_html(said);
  html += card_ends;
  html += foot_html(said);
  html += foot;
  return html;
}

void say(std::string& text, const Fact& fact, std::string_view indent = "") {
  text += fmt::format("{}{}: {}\n", indent, fact.label, fact.value);
}

void say_line(std::string& text, const LineWords& line, const Words& words) {
  const std::string how = line.detail.empty() ? "" : line.detail + " = ";
  text += fmt::format("{}: {}{}\n", line.title, how, line.amount);
  if (!line.regular.empty()) text += "  " + words.fill("instead of {}", {line.regular}) + "\n";
  for (const Fact& discount : line.discounts) say(text, discount, "  ");
  if (!line.note.empty()) text += "  " + line.note + "\n";
}

std::string text_of(const ReceiptWords& said, const Words& words) {
  std::string text =
      fmt::format("{}\n{}\n{}, {}\n", joined(said.shop, "\n"), said.title, said.date, said.time);
  say(text, said.receipt);
  for (const Fact& fact : said.facts) say(text, fact);
  if (!said.invoice_to.empty()) text += '\n' + joined(said.invoice_to, "\n") + '\n';
  text += '\n';
  for (const LineWords& line : said.lines) say_line(text, line, words);
  text += '\n';
  for (const Fact& sum : said.sums) say(text, sum);
  say(text, said.total);
  for (const Fact& fact : said.account) say(text, fact);
  if (said.still_due) say(text, *said.still_due);
  text += '\n';
  for (const TenderWords& tender : said.tenders) {
    say(text, tender.amount);
    if (!tender.reference.empty()) text += "  " + tender.reference + "\n";
    for (const Fact& detail : tender.details) say(text, detail, "  ");
  }
  text += '\n';
  if (!said.tax_title.empty()) text += said.tax_title + "\n";
  for (const TaxWords& tax : said.taxes) {
    text += fmt::format("{} {}: {} {}, {} {}, {} {}\n", said.tax_heads.rate, tax.rate,
                        said.tax_heads.net, tax.net, said.tax_heads.tax, tax.tax,
                        said.tax_heads.gross, tax.gross);
  }
  for (const std::string& note : said.tax_notes) text += note + "\n";
  if (!said.tax_number.empty()) text += said.tax_number + "\n";
  if (!said.fiscal.empty()) text += '\n' + joined(said.fiscal, "\n") + '\n';
  return text + "\n" + joined(said.footer, "\n") + "\n";
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
    }
  }
  return out;
}

syncing::MailContent receipt_mail(const core::Receipt& receipt, const Words& words) {
  const ReceiptWords said = words_of(receipt, words);
  syncing::MailContent mail;
  mail.from_name = receipt.shop.name;
  mail.subject = words.fill("Your receipt {0} from {1}", {receipt.code, receipt.shop.name});
  mail.text = text_of(said, words);
  mail.html = html_of(said, mail.subject, words);
  return mail;
}

}  // namespace pos
