// Mail through a server: SMTP (RFC 5321) by libcurl, with TLS, STARTTLS
// (RFC 3207) and AUTH (RFC 4954). Several mails at a time, connections kept.
// Certificates are always verified. Lives on the sync thread.
//
// A refusal of the server is its own words. What it says for now (4xx) is tried
// again; a recipient or content that it will not have (5xx) is refused; anything
// before the recipient (connection, TLS, password, sender) is the link's fault
// and no mail's. Where the connection ends after the text was sent but before
// the answer, the mail is sent again under the same Message-ID: sent at least
// once, and a second copy only then (design.md, invariant 4).
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "sync/base/transfers.h"
#include "sync/mail/ehlo.h"
#include "sync/mail/mailer.h"

namespace syncing {

enum class SmtpSecurity { starttls, tls, none };

struct SmtpServer {
  std::string host;
  std::int64_t port = 587;
  SmtpSecurity security = SmtpSecurity::starttls;  // never less than this
  std::string user;                                // empty: no AUTH
  std::string password;
  std::string ehlo = ehlo_name(this_machine());  // what the till calls itself
  std::string authority;  // PEM file of the authority to trust; empty: the system's
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds total_timeout{60'000};
};

class Smtp final : public Mailer {
 public:
  // `transfers` must outlive it.
  Smtp(Transfers& transfers, SmtpServer server);
  ~Smtp() override;
  Smtp(const Smtp&) = delete;
  Smtp& operator=(const Smtp&) = delete;

  void begin(MailJob job) override;
  std::vector<RowAnswer> answers() override;

 private:
  struct Delivery;

  Transfers& transfers_;
  SmtpServer server_;
  std::vector<std::unique_ptr<Delivery>> deliveries_;
};

}  // namespace syncing
