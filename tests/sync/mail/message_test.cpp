#include "sync/mail/message.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "core/base/text.h"
#include "tests/support/mime.h"

namespace {

using namespace std::chrono_literals;

const core::Uuid key = *core::uuid_from("018f6b2a-7c11-7d3e-9a4b-0123456789ab");

syncing::MailHeader header() {
  return {"kasse@laden.example", "kundin@post.example", core::Instant{1'795'272'245'123ms}, key};
}

syncing::MailContent content() {
  return {"Feinkost Lindner", "Ihr Beleg T1-R000001", "Vielen Dank!\n", "<p>Vielen Dank!</p>\n"};
}

std::string bytes_of(const syncing::MailContent& what) {
  const auto bytes = syncing::message(header(), what);
  REQUIRE(bytes.has_value());
  return *bytes;
}

std::size_t longest_line(std::string_view bytes) {
  std::size_t longest = 0;
  while (!bytes.empty()) {
    const auto end = bytes.find("\r\n");
    longest = std::max(longest, std::min(end, bytes.size()));
    if (end == bytes.npos) break;
    bytes.remove_prefix(end + 2);
  }
  return longest;
}

bool has_bare_line_break(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] == '\n' && (i == 0 || bytes[i - 1] != '\r')) return true;
    if (bytes[i] == '\r' && (i + 1 == bytes.size() || bytes[i + 1] != '\n')) return true;
  }
  return false;
}

// Text with everything that has ever broken a mail in it.
std::string random_text(std::mt19937& random, bool with_controls) {
  static const std::vector<std::string> pieces = {"Käse",
                                                  " ",
                                                  "  ",
                                                  "=",
                                                  "?=",
                                                  "=?UTF-8?Q?",
                                                  "_",
                                                  "\"",
                                                  "\\",
                                                  ".",
                                                  "From ",
                                                  "€",
                                                  "ß",
                                                  "😀",
                                                  "Grüße",
                                                  ",",
                                                  "<b>",
                                                  "a@b.c",
                                                  "--=_x",
                                                  "\t",
                                                  ":",
                                                  "Bcc: ",
                                                  "0123456789012345678901234567890123456789",
                                                  "\xC2\xA0"};
  static const std::vector<std::string> controls = {"\r\n", "\n",   "\r",    std::string(1, '\0'),
                                                    "\x0B", "\x7F", "\n.\n", "\r\nBcc: x@y.z"};
  std::string text;
  for (auto n = random() % 40; n > 0; --n) {
    const bool control = with_controls && random() % 4 == 0;
    const auto& from = control ? controls : pieces;
    text += from[random() % from.size()];
  }
  return text;
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

// Lines as a mail carries them: every one ended, "\r\n" the same as "\n".
std::string as_lines(std::string text) {
  for (auto at = text.find("\r\n"); at != text.npos; at = text.find("\r\n", at)) text.erase(at, 1);
  if (!text.empty() && text.back() != '\n') text += '\n';
  return text;
}

}  // namespace

TEST_CASE("message: says who, to whom, when and which, and offers text before HTML") {
  const auto mime = tests::read_mime(bytes_of(content()));
  CHECK(mime.headers.at("From") == "\"Feinkost Lindner\" <kasse@laden.example>");
  CHECK(mime.headers.at("To") == "kundin@post.example");
  CHECK(mime.headers.at("Subject") == "Ihr Beleg T1-R000001");
  CHECK(mime.headers.at("Date") == "Sat, 21 Nov 2026 14:44:05 +0000");
  CHECK(mime.headers.at("Message-ID") == " <018f6b2a-7c11-7d3e-9a4b-0123456789ab@laden.example>");
  REQUIRE(mime.parts.size() == 2);
  CHECK(mime.parts[0].headers.at("Content-Type") == "text/plain; charset=utf-8");
  CHECK(mime.parts[0].body == content().text);
  CHECK(mime.parts[1].headers.at("Content-Type") == "text/html; charset=utf-8");
  CHECK(mime.parts[1].body == content().html);
}

TEST_CASE("message: the same mail has the same bytes, whenever it is sent again") {
  CHECK(bytes_of(content()) == bytes_of(content()));
}

TEST_CASE("message: a subject with umlauts is encoded in words that are cut between letters") {
  auto what = content();
  what.subject =
      "Grüße aus der Käserei: Ihr Beleg über 1.234,50 € und noch viel mehr schöne Wörter";
  const std::string bytes = bytes_of(what);
  CHECK(tests::decoded_header(tests::read_mime(bytes).headers.at("Subject")) == what.subject);
  CHECK(bytes.find("=?UTF-8?Q?Gr=C3=BC=C3=9Fe_aus") != bytes.npos);
}

TEST_CASE("message: a line break in anything that reaches a header is refused by name") {
  const std::vector<std::string> evils = {"a\nBcc: x@y.z", "a\r\nBcc: x@y.z", "a\rb",
                                          std::string("a\0b", 3)};
  for (const std::string& evil : evils) {
    auto what = content();
    what.subject = evil;
    CHECK(syncing::message(header(), what).error() ==
          "the subject of the mail holds a line break or control character");
    what = content();
    what.from_name = evil;
    CHECK(syncing::message(header(), what).error() ==
          "the sender's name of the mail holds a line break or control character");
    auto to = header();
    to.to = evil;
    CHECK(syncing::message(to, content()).error() ==
          "the recipient of the mail holds a line break or control character");
    auto from = header();
    from.from = evil;
    CHECK(syncing::message(from, content()).error() ==
          "the sender of the mail holds a line break or control character");
  }
}

TEST_CASE("message: what is no address is refused with the address in words") {
  auto to = header();
  to.to = "kundin.example";
  CHECK(syncing::message(to, content()).error() ==
        "the recipient \"kundin.example\" is not an e-mail address");
  to.to = "käthe@post.example";
  CHECK(syncing::message(to, content()).error() ==
        "the recipient \"käthe@post.example\" is not an e-mail address");
}

TEST_CASE("message: a domain in other letters is sent as its ASCII form") {
  auto header_of_both = header();
  header_of_both.from = "kasse@bücherstube.example";
  header_of_both.to = "kundin@bücherstube.example";
  const auto bytes = syncing::message(header_of_both, content());
  REQUIRE(bytes);
  CHECK(bytes->find("To: kundin@xn--bcherstube-9db.example\r\n") != std::string::npos);
  CHECK(bytes->find("<kasse@xn--bcherstube-9db.example>") != std::string::npos);
  CHECK(bytes->find("bücherstube") == std::string::npos);
}

TEST_CASE("message: ten thousand random ones are each refused or arrive as they were meant") {
  constexpr std::mt19937::result_type seed = 20261121;
  CAPTURE(seed);
  std::mt19937 random(seed);
  int sent = 0;
  for (int i = 0; i < 10'000; ++i) {
    const bool with_controls = i % 2 == 0;
    const syncing::MailContent what{random_text(random, with_controls),
                                    random_text(random, with_controls), random_text(random, true),
                                    random_text(random, true)};
    CAPTURE(what.subject);
    CAPTURE(what.from_name);
    const auto bytes = syncing::message(header(), what);
    const bool harmful = has_control(what.subject) || has_control(what.from_name);
    REQUIRE(bytes.has_value() == !harmful);
    if (harmful) continue;
    ++sent;
    const auto mime = tests::read_mime(*bytes);
    REQUIRE(longest_line(*bytes) <= 78);
    REQUIRE_FALSE(has_bare_line_break(*bytes));
    REQUIRE(mime.header_names == std::vector<std::string>{"Date", "From", "To", "Subject",
                                                          "Message-ID", "Auto-Submitted",
                                                          "MIME-Version", "Content-Type"});
    REQUIRE(tests::decoded_header(mime.headers.at("Subject")) == what.subject);
    REQUIRE(mime.parts.size() == 2);
    REQUIRE(mime.parts[0].body == as_lines(what.text));
    REQUIRE(mime.parts[1].body == as_lines(what.html));
  }
  CHECK(sent > 1'000);
}
