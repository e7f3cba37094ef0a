// A TSE of Epson in a printer (TM-m30F, TM-T88VI) or in a TSE server, over TCP 8009 or TLS
// 8143 ("Germany Fiscal Element JSON Specification" M00124202 rev. C, "TSE Developer's
// Guide" 1.0.1). Several tills may share it.
//
// PINs: a wrong one is sent once (pin_memory.h). A PUK is sent by set_up() and unblock()
// alone, where a person has typed it.
#pragma once

#include <string>

#include "core/base/clock.h"
#include "drivers/signing/epson/dialogue.h"
#include "drivers/signing/epson/errors.h"
#include "drivers/signing/pin_memory.h"
#include "drivers/signing/signing_device.h"

namespace drivers {

struct EpsonSettings {
  std::string device = "local_TSE";       // as the host's set-up shows it
  std::string admin_pin, time_admin_pin;  // five digits; empty: nobody has typed it
  std::string shared_key = "EPSONKEY";    // of the host, as it is delivered
  // A self-test that ends sooner is made anew by prepare(): none may fall due while selling.
  std::chrono::seconds self_test_lasts{std::chrono::hours{14}};
  epson::DialogueTimes times{};
  PinMemory pins{};
};

// Where it is: "192.168.1.50", "tse.local:8009". With the certificate of its host, or of the
// authority that made that, in a PEM file it is TLS at port 8143, else plain at 8009.
epson::MakeTransport epson_at(const std::string& address, const std::string& authority_file);

class EpsonTse final : public SigningDevice {
 public:
  // `clock` must outlive it.
  EpsonTse(epson::MakeTransport make, EpsonSettings settings, const core::Clock& clock);

  Signing<SigningStatus> status() override;
  Signing<core::Done> prepare(const std::string& client, core::Instant now) override;
  Signing<Signature> start(const SigningStep& step) override;
  Signing<Signature> finish(const SigningStep& step) override;
  Signing<Recovered> recover(const SigningStep& step) override;
  Signing<std::vector<OpenTransaction>> open(const std::string& client) override;
  Signing<core::Done> archive(const ArchiveSpan& span, const ArchiveSink& sink) override;
  Signing<core::Done> discard_archived() override;
  Signing<std::string> certificates() override;
  Signing<core::Done> set_up(const SigningSetup& setup, core::Instant now) override;
  Signing<core::Done> unblock(const SigningSetup& setup) override;
  void request_stop() override { dialogue_.request_stop(); }

 private:
  enum class User { time_admin, admin };
  struct Call {
    std::string_view function;
    std::string input = "{}";
    std::string client{};  // who logs in where that is asked for
    User user = User::time_admin;
    Milliseconds patience{0};  // 0: that of a normal call
  };

  Signing<epson::Reply> ask(const Call& call);
  Signing<epson::Reply> ask_good(const Call& call);  // an error of the TSE is a failure, too
  Signing<epson::Reply> ask_repairing(const Call& call);
  Signing<core::Done> repair(epson::Repair what, const Call& call);
  Signing<nlohmann::json> information();
  Signing<core::Done> know_it();
  Signing<core::Done> self_test();
  Signing<core::Done> log_in(User user, const std::string& client);
  Signing<core::Done> set_time(const std::string& client, core::Instant now);
  Signing<core::Done> ready_client(const std::string& client, core::Instant now);
  Signing<Signature> sign(std::string_view function, const SigningStep& step);
  Signing<std::vector<std::int64_t>> open_numbers(const std::string& client);
  Signing<core::Done> hand_over(const ArchiveSink& sink);
  void end_export();
  Signing<core::Done> new_pin(User user, const SigningSetup& setup);
  const std::string& pin_of(User user) const;
  std::string user_name(User user) const;

  epson::Dialogue dialogue_;
  EpsonSettings settings_;
  const core::Clock& clock_;
  std::string vendor_, serial_;  // of what sits there
  int known_at_ = -1;            // the connection over which that was asked
  bool is_exporting_ = false;    // whole, and not ended yet
  std::string sent_setup_;       // what a set_up() whose answer was lost has sent
};

}  // namespace drivers
