// Whoever delivers mails. Begins a delivery and answers later, so that a slow
// server holds up nothing else. Lives on the sync thread.
#pragma once

#include <string>
#include <vector>

#include "core/base/ids.h"
#include "sync/base/answer.h"

namespace syncing {

struct MailJob {
  std::int64_t row = 0;  // of the outbox
  core::Uuid key;        // the same for every attempt
  std::string from;
  std::string to;
  std::string bytes;  // of the whole message, see message.h
};

class Mailer {
 public:
  virtual ~Mailer() = default;
  virtual void begin(MailJob job) = 0;
  // What has been answered since the last call; never waits.
  virtual std::vector<RowAnswer> answers() = 0;
};

}  // namespace syncing
