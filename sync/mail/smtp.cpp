#include "sync/mail/smtp.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "core/base/ensure.h"
#include "core/base/text.h"
#include "sync/base/curl_option.h"
#include "sync/mail/smtp_dialogue.h"

namespace syncing {

namespace {

// An address as it stands in MAIL and RCPT, its domain in ASCII.
std::string envelope(const std::string& address) {
  return fmt::format("<{}>", core::ascii_address(address).value_or(address));
}

}  // namespace

// One mail on its way; its address is known to libcurl until it has ended.
struct Smtp::Delivery {
  MailJob job;
  CURL* transfer;
  curl_slist* recipients;
  std::size_t sent = 0;  // bytes of the message
  SmtpDialogue dialogue;
  std::array<char, CURL_ERROR_SIZE> trouble{};

  Delivery(MailJob what, CURL* made)
      : job(std::move(what)),
        transfer(made),
        recipients(curl_slist_append(nullptr, envelope(job.to).c_str())) {}
  Delivery(const Delivery&) = delete;
  Delivery& operator=(const Delivery&) = delete;
  ~Delivery() {
    curl_easy_cleanup(transfer);
    curl_slist_free_all(recipients);
  }

  static std::size_t read(char* buffer, std::size_t size, std::size_t count, void* self);
  static int listen(CURL*, curl_infotype type, char* text, std::size_t size, void* self);
};

namespace {

std::size_t ignore(char*, std::size_t size, std::size_t count, void*) {
  return size * count;
}

void set_server(CURL* transfer, const SmtpServer& server) {
  const bool from_the_start = server.security == SmtpSecurity::tls;
  // libcurl greets with what stands behind the server's name.
  char* const greeting = curl_easy_escape(transfer, server.ehlo.c_str(), 0);
  const std::string url = fmt::format("{}://{}:{}/{}", from_the_start ? "smtps" : "smtp",
                                      server.host, server.port, greeting ? greeting : "");
  curl_free(greeting);
  set(transfer, CURLOPT_URL, url.c_str());
  set(transfer, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  const bool encrypted = server.security != SmtpSecurity::none;
  set(transfer, CURLOPT_USE_SSL, static_cast<long>(encrypted ? CURLUSESSL_ALL : CURLUSESSL_NONE));
  set(transfer, CURLOPT_SSL_VERIFYPEER, 1L);
  set(transfer, CURLOPT_SSL_VERIFYHOST, 2L);
  set(transfer, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!server.authority.empty()) set(transfer, CURLOPT_CAINFO, server.authority.c_str());
  if (!server.user.empty()) {
    set(transfer, CURLOPT_USERNAME, server.user.c_str());
    set(transfer, CURLOPT_PASSWORD, server.password.c_str());
  }
  set(transfer, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(server.connect_timeout.count()));
  set(transfer, CURLOPT_TIMEOUT_MS, static_cast<long>(server.total_timeout.count()));
  set(transfer, CURLOPT_NOSIGNAL, 1L);
  set(transfer, CURLOPT_PROXY, "");  // an environment's HTTP proxy is none for mail
}

}  // namespace

std::size_t Smtp::Delivery::read(char* buffer, std::size_t size, std::size_t count, void* self) {
  auto& delivery = *static_cast<Delivery*>(self);
  const std::size_t left = delivery.job.bytes.size() - delivery.sent;
  const std::size_t now = std::min(left, size * count);
  std::memcpy(buffer, delivery.job.bytes.data() + delivery.sent, now);
  delivery.sent += now;
  if (now == 0) delivery.dialogue.text_was_sent();
  return now;
}

// libcurl reports both sides of the dialogue here, a line at a time.
int Smtp::Delivery::listen(CURL*, curl_infotype type, char* text, std::size_t size, void* self) {
  auto& dialogue = static_cast<Delivery*>(self)->dialogue;
  if (type == CURLINFO_HEADER_OUT) dialogue.we_said({text, size});
  if (type == CURLINFO_HEADER_IN) dialogue.server_said({text, size});
  return 0;
}

Smtp::Smtp(Transfers& transfers, SmtpServer server)
    : transfers_(transfers), server_(std::move(server)) {}

Smtp::~Smtp() {
  for (const auto& delivery : deliveries_) {
    // Of a mail that it is to leave, libcurl would end the text where it stands, and the server
    // would take the torn or empty one for a whole: without recipients it does not (smtp_done).
    set(delivery->transfer, CURLOPT_MAIL_RCPT, static_cast<curl_slist*>(nullptr));
    transfers_.drop(delivery->transfer);
  }
}

void Smtp::begin(MailJob job) {
  auto delivery = std::make_unique<Delivery>(std::move(job), transfers_.make());
  CURL* const transfer = delivery->transfer;
  set_server(transfer, server_);
  set(transfer, CURLOPT_MAIL_FROM, envelope(delivery->job.from).c_str());
  set(transfer, CURLOPT_MAIL_RCPT, delivery->recipients);
  set(transfer, CURLOPT_UPLOAD, 1L);
  set(transfer, CURLOPT_READFUNCTION, &Delivery::read);
  set(transfer, CURLOPT_READDATA, static_cast<void*>(delivery.get()));
  set(transfer, CURLOPT_WRITEFUNCTION, &ignore);
  set(transfer, CURLOPT_VERBOSE, 1L);
  set(transfer, CURLOPT_DEBUGFUNCTION, &Delivery::listen);
  set(transfer, CURLOPT_DEBUGDATA, static_cast<void*>(delivery.get()));
  set(transfer, CURLOPT_ERRORBUFFER, delivery->trouble.data());
  transfers_.add(transfer, this);
  deliveries_.push_back(std::move(delivery));
}

std::vector<RowAnswer> Smtp::answers() {
  std::vector<RowAnswer> answers;
  for (const Transfers::Ended& ended : transfers_.ended(this)) {
    const auto at = std::find_if(deliveries_.begin(), deliveries_.end(), [&](const auto& delivery) {
      return delivery->transfer == ended.transfer;
    });
    ENSURE(at != deliveries_.end());
    const Delivery& delivery = **at;
    const std::string trouble =
        delivery.trouble[0] ? delivery.trouble.data() : curl_easy_strerror(ended.code);
    answers.push_back({delivery.job.row, delivery.dialogue.answer(ended.code, trouble)});
    deliveries_.erase(at);
  }
  return answers;
}

}  // namespace syncing
