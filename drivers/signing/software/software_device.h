// A signing device that is a folder: real keys and real signatures (TR-03153's log
// messages), and nothing that any office would take. Its certificate, its status and
// whoever asks say TEST. For the demo, for trials and for tests.
//
// The folder holds the key, the certificate and the book of logs; each signature is on disk
// before it is given away, and counters never go back. A clock that does is not followed.
// Lives on the signing worker's thread, except request_stop().
#pragma once

#include <atomic>
#include <filesystem>
#include <optional>

#include "drivers/signing/keys.h"
#include "drivers/signing/signing_device.h"
#include "drivers/signing/software/log_book.h"

namespace drivers {

class SoftwareDevice final : public SigningDevice {
 public:
  // `clock` must outlive it. Nothing is read before the first call.
  SoftwareDevice(std::filesystem::path folder, const core::Clock& clock, Curve curve = Curve::p256);

  Signing<SigningStatus> status() override;
  Signing<core::Done> prepare(const std::string& client, core::Instant now) override;
  Signing<Signature> start(const SigningStep& step) override;
  Signing<Signature> finish(const SigningStep& step) override;
  Signing<Recovered> recover(const SigningStep& step) override;
  Signing<std::vector<OpenTransaction>> open(const std::string& client) override;
  Signing<core::Done> archive(const ArchiveSpan& span, const ArchiveSink& sink) override;
  Signing<core::Done> discard_archived() override;
  Signing<std::string> certificates() override;
  // Makes the key where there is none; no PINs are needed.
  Signing<core::Done> set_up(const SigningSetup& setup, core::Instant now) override;
  Signing<core::Done> unblock(const SigningSetup&) override { return core::Done{}; }  // no PINs
  void request_stop() override { is_stopping_ = true; }

 private:
  struct Device {
    PrivateKey key;
    std::string certificate;  // DER
    core::Instant certificate_end{};
    LogBook book;
  };
  Signing<Device*> device();  // opened once; a failure is tried again
  Signing<core::Done> load();
  Signing<Signature> sign(Device& device, LogMessage message);
  Signing<core::Done> register_with(Device& device, const std::string& client);

  std::filesystem::path folder_;
  const core::Clock& clock_;
  Curve curve_;
  std::optional<Device> device_;
  std::int64_t archived_ = 0;  // up to this counter the last whole export brought everything
  std::atomic<bool> is_stopping_ = false;
};

}  // namespace drivers
