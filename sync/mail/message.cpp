#include "sync/mail/message.h"

#include <date/date.h>
#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.h"

namespace syncing {

namespace {

// RFC 2045 section 6.7 (5) and RFC 2047 section 2.
constexpr std::size_t longest_quoted_line = 76;
constexpr std::size_t longest_encoded_word = 75;

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string escaped(char c) {
  return fmt::format("={:02X}", static_cast<unsigned char>(c));
}

// What is wrong with a text that is to stand in a header; empty: nothing.
std::string fault_of_text(std::string_view field, std::string_view text) {
  if (std::any_of(text.begin(), text.end(), is_control)) {
    return fmt::format("the {} of the mail holds a line break or control character", field);
  }
  if (!core::is_utf8(text)) return fmt::format("the {} of the mail is not UTF-8", field);
  return {};
}

std::string fault_of_address(std::string_view field, std::string_view address) {
  if (auto fault = fault_of_text(field, address); !fault.empty()) return fault;
  if (!core::is_email(address)) {
    return fmt::format("the {} \"{}\" is not an e-mail address", field, address);
  }
  return {};
}

// RFC 2047 section 5 (3): these stand for themselves also in a display name.
bool is_plain_in_word(char c) {
  constexpr std::string_view others = "!*+-/";
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         others.find(c) != others.npos;
}

// Encoded words, each on a line of its own, cut between characters only.
std::string encoded_words(std::string_view text) {
  constexpr std::string_view open = "=?UTF-8?Q?";
  constexpr std::string_view close = "?=";
  std::string words;
  std::string word;
  for (const char32_t point : core::code_points(text)) {
    std::string bytes;
    core::append_utf8(bytes, point);
    std::string piece;
    for (const char c : bytes) {
      if (c == ' ') {
        piece += '_';
      } else {
        piece += is_plain_in_word(c) ? std::string(1, c) : escaped(c);
      }
    }
    if (open.size() + word.size() + piece.size() + close.size() > longest_encoded_word) {
      words += fmt::format("{}{}{}\r\n ", open, word, close);
      word.clear();
    }
    word += piece;
  }
  return words + fmt::format("{}{}{}", open, word, close);
}

// Short plain ASCII as it is. The name of the header must fit on the same line.
std::string header_text(std::string_view text) {
  constexpr std::size_t fits_on_the_first_line = 60;
  const bool plain = is_ascii(text) && text.size() <= fits_on_the_first_line &&
                     text.find("=?") == text.npos && text == core::trim(text);
  return plain ? std::string(text) : "\r\n " + encoded_words(text);
}

std::string mailbox(std::string_view name, std::string_view address) {
  if (name.empty()) return std::string(address);
  constexpr std::size_t fits = 50;
  if (!is_ascii(name) || name.size() > fits || name.find("=?") != name.npos) {
    return fmt::format("\r\n {}\r\n <{}>", encoded_words(name), address);
  }
  std::string quoted;
  for (const char c : name) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return fmt::format("\"{}\"\r\n <{}>", quoted, address);
}

// Whether the byte must be escaped where it stands. A blank may not end a line
// (RFC 2045 section 6.7 (3)); a dot or "From " at the start of a line is changed
// by some servers on the way.
bool needs_escape(std::string_view line, std::size_t at, bool starts_line) {
  const char c = line[at];
  if (c == ' ' || c == '\t') return at + 1 == line.size();
  if (is_control(c) || c == '=' || static_cast<unsigned char>(c) >= 0x80) return true;
  return starts_line && (c == '.' || line.substr(at, 5) == "From ");
}

void append_quoted_line(std::string& out, std::string_view line) {
  std::size_t column = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    std::string piece =
        needs_escape(line, at, column == 0) ? escaped(line[at]) : std::string(1, line[at]);
    const bool is_last = at + 1 == line.size();
    if (column + piece.size() + (is_last ? 0 : 1) > longest_quoted_line) {
      out += "=\r\n";
      column = 0;
      if (needs_escape(line, at, true)) piece = escaped(line[at]);
    }
    out += piece;
    column += piece.size();
  }
  out += "\r\n";
}

std::string quoted_printable(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (end < text.size() && line.ends_with('\r')) line.remove_suffix(1);
    append_quoted_line(out, line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string part(std::string_view boundary, std::string_view type, std::string_view body) {
  return fmt::format(
      "--{}\r\nContent-Type: {}; charset=utf-8\r\n"
      "Content-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n",
      boundary, type, quoted_printable(body));
}

std::string fault_of(const MailHeader& header, const MailContent& content) {
  for (auto fault :
       {fault_of_address("sender", header.from), fault_of_address("recipient", header.to),
        fault_of_text("sender's name", content.from_name),
        fault_of_text("subject", content.subject)}) {
    if (!fault.empty()) return fault;
  }
  return {};
}

}  // namespace

std::string message_id(const core::Uuid& key, std::string_view from) {
  const std::string sender = core::ascii_address(from).value_or(std::string(from));
  return fmt::format("<{}@{}>", core::to_text(key), sender.substr(sender.find('@') + 1));
}

core::Result<std::string, std::string> message(const MailHeader& header,
                                               const MailContent& content) {
  if (auto fault = fault_of(header, content); !fault.empty()) {
    return tl::unexpected(std::move(fault));
  }
  const std::string from = *core::ascii_address(header.from);
  const std::string to = *core::ascii_address(header.to);
  // "=_" cannot occur in quoted-printable, so the boundary never occurs in a part.
  const std::string boundary = "=_" + core::to_text(header.key);
  const auto seconds = date::floor<std::chrono::seconds>(header.date);
  std::string bytes = fmt::format(
      "Date: {}\r\nFrom: {}\r\nTo: {}\r\nSubject: {}\r\nMessage-ID:\r\n {}\r\n"
      "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
      "Content-Type: multipart/alternative;\r\n boundary=\"{}\"\r\n\r\n",
      date::format("%a, %d %b %Y %T +0000", seconds), mailbox(content.from_name, from), to,
      header_text(content.subject), message_id(header.key, header.from), boundary);
  bytes += part(boundary, "text/plain", content.text);
  bytes += part(boundary, "text/html", content.html);
  return bytes + fmt::format("--{}--\r\n", boundary);
}

}  // namespace syncing
