// A TSE at fiskaly, in the internet (SIGN DE V2, public OpenAPI 2.x): every lack of network
// is an outage. Ids are the till's own UUIDs, so that whatever is asked may be asked again;
// a request that fiskaly answers with a disturbance (5xx) is, at most twice. One that gets
// no answer is not: recover() asks for it by its id.
//
// Lives on the signing worker's thread, except request_stop().
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/base/ids.h"
#include "drivers/signing/fiskaly/errors.h"
#include "drivers/signing/pin_memory.h"
#include "drivers/signing/signing_device.h"

namespace drivers {

struct FiskalySettings {
  std::string signs_at = "https://kassensichv-middleware.fiskaly.com/api/v2";
  std::string managed_at = "https://kassensichv.fiskaly.com/api/v2";
  std::string api_key, api_secret;
  std::string tss_id, client_id;  // UUIDs that the till chose and wrote down
  std::string admin_pin;          // empty: nobody has typed it
  // Takes the PUK of a new TSE, which fiskaly shows once. False: it could not be kept, and
  // nothing more is done.
  std::function<bool(const std::string&)> keep_puk = [](const std::string&) { return true; };
  Milliseconds to_answer{5000};
  Milliseconds to_sign{10'000};  // with all that is repeated
  Milliseconds to_set_up{60'000};
  Milliseconds to_export{600'000};
  Milliseconds between_tries{250}, between_polls{2000};
  PinMemory pins{};  // a wrong one is sent once
};

class FiskalyTse final : public SigningDevice {
 public:
  // `clock` must outlive it.
  FiskalyTse(std::unique_ptr<WebLink> link, FiskalySettings settings, const core::Clock& clock);

  Signing<SigningStatus> status() override;
  Signing<core::Done> prepare(const std::string& client, core::Instant now) override;
  Signing<Signature> start(const SigningStep& step) override;
  Signing<Signature> finish(const SigningStep& step) override;
  Signing<Recovered> recover(const SigningStep& step) override;
  Signing<std::vector<OpenTransaction>> open(const std::string& client) override;
  Signing<core::Done> archive(const ArchiveSpan& span, const ArchiveSink& sink) override;
  Signing<core::Done> discard_archived() override;
  Signing<std::string> certificates() override;
  // The time admin's PIN is not needed: fiskaly has none.
  Signing<core::Done> set_up(const SigningSetup& setup, core::Instant now) override;
  Signing<core::Done> unblock(const SigningSetup& setup) override;
  void request_stop() override { link_->request_stop(); }

 private:
  using Reply = fiskaly::Reply;
  struct Ask {
    std::string method, path;
    std::string body{};
    bool is_managing = false;  // at the other base
    Milliseconds patience{0};  // 0: that of a normal answer
  };

  Signing<Reply> ask(const Ask& what);       // whatever it says
  Signing<Reply> ask_good(const Ask& what);  // what is not good is a failure
  Signing<Reply> look_at(const Ask& what);   // nothing is changed: what is lost was unreachable
  Signing<core::Done> log_in();
  Signing<core::Done> log_in_admin();
  Signing<core::Done> register_client(const std::string& serial);
  Signing<core::Done> make_tss(const SigningSetup& setup);
  Signing<Signature> sign(const SigningStep& step);
  Signing<Reply> transaction(const SigningStep& step);
  Signing<core::Done> wait_for_export(const std::string& path);
  std::string tss_path(const std::string& below = {}) const;
  std::string client_path() const;
  std::string user_name() const { return "fiskaly " + settings_.tss_id; }
  Signing<core::Done> set_pin(const std::string& puk, const std::string& pin);

  std::unique_ptr<WebLink> link_;
  FiskalySettings settings_;
  const core::Clock& clock_;
  core::IdSource ids_;
  std::string token_;
  core::Instant token_ends_{};
};

}  // namespace drivers
