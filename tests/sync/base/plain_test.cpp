#include "sync/base/plain.h"

#include <doctest/doctest.h>

#include "sync/outside.h"
#include "tests/support/temp_folder.h"

using namespace syncing;

namespace {

core::UpstreamSettings medusa_at(const char* address) {
  core::UpstreamSettings upstream;
  upstream.kind = "medusa";
  upstream.address = address;
  return upstream;
}

core::MailSettings smtp_at(const char* host, const char* security) {
  core::MailSettings mail;
  mail.kind = "smtp";
  mail.host = host;
  mail.security = security;
  return mail;
}

}  // namespace

TEST_CASE("plain: what leaves this machine unencrypted is named") {
  for (const char* address : {"http://shop.example", "HTTP://192.168.0.9:9000",
                              "http://127.0.0.1.shop.example", "http://a@shop.example/x"}) {
    CHECK_MESSAGE(given_away(medusa_at(address)), address);
  }
  for (const char* address : {"https://shop.example", "http://127.0.0.1:9000", "http://localhost/",
                              "http://[::1]:9000", ""}) {
    CHECK_FALSE_MESSAGE(given_away(medusa_at(address)), address);
  }
  CHECK(given_away(smtp_at("mail.example", "none")));
  CHECK_FALSE(given_away(smtp_at("mail.example", "starttls")));
  CHECK_FALSE(given_away(smtp_at("127.0.0.1", "none")));
}

TEST_CASE("plain: nothing goes that way unless the owner insists") {
  const tests::TempFolder folder;
  Outside outside{{}, folder.path(), "", 1};
  outside.settings.upstream = medusa_at("http://shop.example");
  outside.settings.mail = smtp_at("mail.example", "none");
  auto parts = runner_parts(outside, {});
  parts.upstream->begin_check();
  const auto check = parts.upstream->checked();
  REQUIRE(check);
  CHECK_FALSE(check->works);
  CHECK(check->trouble[0].starts_with("With http:// everybody"));
  parts.mailer->begin({7, {}, "a@example", "b@example", "text"});
  const auto answers = parts.mailer->answers();
  REQUIRE(answers.size() == 1);
  CHECK(answers[0].answer.fate == core::OutboxFate::again);
  CHECK(answers[0].answer.reason.starts_with("Without TLS everybody"));
  outside.settings.upstream.plain = outside.settings.mail.plain = "allow";
  parts = runner_parts(outside, {});
  parts.upstream->begin_check();
  CHECK_FALSE(parts.upstream->checked());
}
