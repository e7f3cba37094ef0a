#include "sync/mail/smtp_dialogue.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.h"

namespace syncing {

namespace {

constexpr std::size_t most_words = 400;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// What came over the wire is shown to people: one line of UTF-8, not too long.
std::string presentable(std::string_view line) {
  std::string text;
  for (const char32_t c : core::code_points(core::trim(line))) {
    core::append_utf8(text, c < 0x20 || c == 0x7F ? U' ' : c);
    if (text.size() >= most_words) break;
  }
  return text;
}

}  // namespace

void SmtpDialogue::we_said(std::string_view command) {
  if (command.starts_with("MAIL ")) {
    phase_ = Phase::before_recipient;
  } else if (command.starts_with("RCPT ")) {
    phase_ = Phase::recipient;
  } else if (command.starts_with("DATA")) {
    phase_ = Phase::text;
  }
}

void SmtpDialogue::server_said(std::string_view line) {
  if (line.size() < 3 || !std::all_of(line.begin(), line.begin() + 3, is_digit)) return;
  // After a refusal libcurl says QUIT; the answer to that is no news.
  if (number_ >= 400 && !continued_) return;
  number_ = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
  // Of an answer of several lines ("550-...", then "550 ...") all are kept.
  words_ = continued_ ? presentable(words_ + " " + presentable(line.substr(3))) : presentable(line);
  continued_ = line.size() > 3 && line[3] == '-';
}

Answer SmtpDialogue::answer(CURLcode code, std::string_view trouble) const {
  if (code == CURLE_OK) return done();
  // 421: the server is closing, whatever it was asked (RFC 5321 section 3.8).
  if (number_ >= 400 && (phase_ == Phase::before_recipient || number_ == 421)) {
    return link_is_down(fmt::format("The mail server said: {}", words_));
  }
  if (number_ >= 500) return refused(fmt::format("The mail server said: {}", words_));
  if (number_ >= 400) return again(fmt::format("The mail server said: {}", words_));
  if (text_sent_) {
    Answer lost = again(
        "The mail was sent, but the server's answer was lost; it is sent again under the same "
        "Message-ID.");
    lost.link_down = true;
    return lost;
  }
  return link_is_down(fmt::format("The mail server could not be used: {}", trouble));
}

}  // namespace syncing
