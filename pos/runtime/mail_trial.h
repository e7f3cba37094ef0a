// A mail that is sent once to see whether the mail server takes it. It is kept
// nowhere and never repeated. Whoever owns it calls `look` until it answers; it
// waits for nothing. Sync thread, or the command line.
#pragma once

#include <optional>
#include <string>

#include "pos/ui/translate.h"
#include "sync/outside.h"

namespace pos {

struct MailTrialAnswer {
  bool works = false;
  std::string words;  // why not, in words
};

class MailTrial {
 public:
  MailTrial(syncing::Outside outside, const std::string& to, const Words& words, core::Instant now);
  // Nothing: it is still on its way.
  std::optional<MailTrialAnswer> look(core::Instant now);
  void wait(std::chrono::milliseconds at_most) { parts_.transfers->wait(at_most); }

 private:
  syncing::RunnerParts parts_;
  std::string trouble_;
  core::Instant until_;
};

}  // namespace pos
