// What is done with a signing device, step by step: each is noted with the register before it
// is sent, and what became of it goes back there at once. A lost answer is asked about; a
// signature that does not verify is none. Knows no thread: the till's worker and the command
// line both use it.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "core/base/clock.h"
#include "core/fiscal/signing_effects.h"
#include "drivers/signing/signing_device.h"
#include "pos/runtime/messages.h"

namespace pos {

class SigningWork {
 public:
  // The register's word on a command; nothing: none came, or the till is stopping.
  using Ask = std::function<std::optional<Reply>(core::Command)>;
  // False: there is no time left to wait.
  using Pause = std::function<bool(std::chrono::milliseconds)>;

  // `device` must outlive it. `kind`: as the settings call it.
  SigningWork(drivers::SigningDevice& device, std::string kind, const core::Clock& clock, Ask ask,
              Pause pause);

  // Looks at the device, makes it ready where it is not, and tells the register. True: it can
  // sign. Where a person is needed nothing is tried again before `is_asked` by one: a PIN
  // that is wrong three times locks the device.
  bool look(const std::string& client, bool is_asked);
  void carry_out(const core::SignStep& step);

  // Its clock has to be set, at the next look.
  bool is_prepared() const { return is_prepared_; }
  // As it was found last; empty: not looked at yet.
  const std::optional<drivers::SigningStatus>& status() const { return status_; }
  const std::string& trouble() const { return trouble_; }  // an English key; empty: none

 private:
  core::SigningAnswer send(const core::SignStep& step);
  core::SigningAnswer recover(const core::SignStep& step);
  core::SigningAnswer answer_of(const core::SignStep& step, const drivers::Signature& signature);
  drivers::Signing<drivers::SigningStatus> ready_status(const std::string& client, bool is_asked);
  std::optional<core::Refusal> why_not_set_time(const std::string& serial, bool is_asked);
  bool is_answer_of(const core::SignStep& step, const drivers::Signature& signature) const;
  void heed_clock(const drivers::Signature& signature);
  core::SigningDeviceSeen seen(const drivers::SigningStatus& status, const std::string& client);
  bool is_away(std::string says, std::string detail);

  drivers::SigningDevice& device_;
  std::string kind_;
  const core::Clock& clock_;
  Ask ask_;
  Pause pause_;
  std::optional<drivers::SigningStatus> status_;
  std::string trouble_;
  std::string certificates_, certificates_of_;  // and the serial that they belong to
  std::int64_t last_counter_ = 0;
  bool is_prepared_ = false;
  // The device's clock, of the till's, by its last answer; and of that which is told now.
  std::chrono::milliseconds ahead_{0};
  std::optional<std::chrono::milliseconds> ahead_now_;
  std::optional<drivers::SigningFailure> needs_person_;
};

}  // namespace pos
