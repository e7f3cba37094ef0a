#include "pos/layout/template.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "core/base/text.h"
#include "pos/layout/mail_layout.h"

namespace pos {

namespace {

struct Filled {
  std::string text;
  bool named = false;  // it has placeholders
  bool says = false;   // one of them was not empty
};

Filled fill(std::string_view text, const Placeholders& values) {
  Filled filled;
  while (!text.empty()) {
    const auto begin = text.find("{{");
    const auto end = begin == text.npos ? text.npos : text.find("}}", begin);
    filled.text += text.substr(0, begin);
    if (end == text.npos) {
      if (begin != text.npos) filled.text += text.substr(begin);
      break;
    }
    const std::string_view name = core::trim(text.substr(begin + 2, end - begin - 2));
    const auto at = values.find(name);
    if (at == values.end()) {
      filled.text += text.substr(begin, end + 2 - begin);
    } else {
      filled.named = true;
      filled.says = filled.says || !at->second.empty();
      filled.text += at->second;
    }
    text.remove_prefix(end + 2);
  }
  return filled;
}

std::string_view take_line(std::string_view& text) {
  const auto end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// Lines that only held empty placeholders are left out.
std::string paragraph(std::string_view text, const Placeholders& values) {
  std::string said;
  while (!text.empty()) {
    const Filled line = fill(take_line(text), values);
    if ((line.named && !line.says) || core::trim(line.text).empty()) continue;
    if (!said.empty()) said += '\n';
    said += line.text.substr(0, line.text.find_last_not_of('\n') + 1);
  }
  return said;
}

std::vector<std::string> paragraphs(std::string_view text, const Placeholders& values) {
  std::vector<std::string> all;
  std::string now;
  const auto end = [&] {
    std::string said = paragraph(now, values);
    if (!said.empty()) all.push_back(std::move(said));
    now.clear();
  };
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (core::trim(line).empty()) {
      end();
    } else {
      now += std::string(line) + "\n";
    }
  }
  end();
  return all;
}

// A link becomes one only where it is a whole word and a web address.
std::string html_line(std::string_view line) {
  std::string html;
  while (!line.empty()) {
    const auto end = std::min(line.find(' '), line.size());
    const std::string word = escape_html(line.substr(0, end));
    const bool link = word.starts_with("https://") || word.starts_with("http://");
    html += link ? fmt::format("<a href=\"{0}\">{0}</a>", word) : word;
    if (end < line.size()) html += ' ';
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return html;
}

std::string html_paragraph(std::string_view text) {
  std::string html;
  while (!text.empty()) {
    html += html_line(take_line(text));
    if (!text.empty()) html += "<br>\n";
  }
  return fmt::format("<p style=\"margin:0 0 16px\">{}</p>\n", html);
}

constexpr std::string_view page =
    "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n</head>\n"
    "<body style=\"margin:0;padding:24px 12px;font-family:Inter,'Segoe UI',Roboto,Helvetica,"
    "Arial,sans-serif;font-size:15px;line-height:22px\">\n"
    "<table role=\"presentation\" align=\"center\" width=\"600\" style=\"width:100%;"
    "max-width:600px;word-break:break-word;overflow-wrap:anywhere\"><tr><td>\n<h1 "
    "style=\"font-size:18px;margin:0 0 16px\">{}</h1>\n"
    "{}</td></tr></table>\n</body>\n</html>\n";

}  // namespace

syncing::MailContent fill_template(std::string_view text, const Placeholders& values,
                                   Language language) {
  syncing::MailContent mail;
  mail.subject = fill(take_line(text), values).text;
  // What a customer is called may hold anything; a subject is one line.
  std::replace_if(
      mail.subject.begin(), mail.subject.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
  std::string body;
  for (const std::string& said : paragraphs(text, values)) {
    mail.text += said + "\n\n";
    body += html_paragraph(said);
  }
  if (!mail.text.empty()) mail.text.pop_back();
  const std::string title = escape_html(mail.subject);
  mail.html = fmt::format(page, code_of(language), title, title, body);
  return mail;
}

}  // namespace pos
