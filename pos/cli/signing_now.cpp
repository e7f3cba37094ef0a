#include "pos/cli/signing_now.h"

#include <chrono>
#include <utility>

#include "pos/cli/say.h"
#include "pos/cli/store.h"
#include "pos/config/configuration.h"
#include "pos/config/make_signing.h"
#include "pos/runtime/queue.h"

namespace pos::cli {

namespace {

constexpr int most_pauses = 20;  // while another till has the device

}  // namespace

SigningNow::SigningNow(const std::filesystem::path& folder, core::Register& till,
                       const core::Clock& clock)
    : folder_(folder), till_(till), clock_(clock) {
  make_anew();
}

drivers::SigningDevice* SigningNow::make_anew() {
  work_.reset();
  const core::FiscalSettings fiscal = core::signing_settings(till_.snapshot().settings);
  const auto configuration = read_configuration(folder_);
  const SigningSecrets secrets = configuration ? configuration->secrets.signing : SigningSecrets{};
  device_ = make_signing_device(fiscal, secrets, folder_, clock_, [](const std::string& puk) {
    // Shown once, and kept by a person alone.
    note("the PUK of the new TSE, write it down now: " + puk);
    return true;
  });
  if (!device_) return nullptr;
  work_ = std::make_unique<SigningWork>(
      *device_, fiscal.device, clock_,
      [this](const core::Command& command) { return ask(command); },
      [pauses = 0](std::chrono::milliseconds time) mutable {
        Queue<int> nobody;  // who could wake it
        return nobody.stays_open_for(time) && ++pauses < most_pauses;
      });
  return device_.get();
}

std::optional<Reply> SigningNow::ask(const core::Command& command) {
  auto handled = till_.handle(command);
  if (!handled) return Reply{handled.error()};
  for (core::Effect& effect : *handled) {
    if (auto* step = std::get_if<core::SignStep>(&effect)) steps_.push_back(std::move(*step));
  }
  return Reply{};
}

bool SigningNow::look(bool is_asked) {
  return work_ && work_->look(till_.snapshot().signing.client, is_asked);
}

void SigningNow::sign_what_waits() {
  while (!steps_.empty()) {
    for (const core::SignStep& step : std::exchange(steps_, {})) work_->carry_out(step);
  }
}

core::Result<std::filesystem::path, std::string> SigningNow::archive() {
  const core::Snapshot now = till_.snapshot();
  const bool discards = now.settings.fiscal.discard == "on";
  auto file = archive_device(*device_, folder_, clock_.now(), discards);
  if (!file) return file;
  ask(core::SigningArchived{now.signing.device->serial, file->filename().string()});
  if (!discards) return file;
  if (const auto done = device_->discard_archived(); !done) {
    return tl::unexpected(done.error().says);
  }
  return file;
}

Status archive_now(const Common& common, const std::filesystem::path& file,
                   const drivers::ArchiveSpan& span) {
  const core::SystemClock clock;
  const auto till = open_register(common, clock);
  if (!till) return cannot;
  SigningNow now(common.data, *till, clock);
  if (!now.has_device()) return fail("no device is set up", attention);
  if (!now.look(false)) return fail(now.trouble(), attention);
  if (!file.empty()) {
    if (const auto done = now.archive_part(file, span); !done) return fail(done.error(), attention);
    print(file.string());
    return well;
  }
  const auto kept = now.archive();
  if (!kept) return fail(kept.error(), attention);
  print(kept->string());
  return well;
}

}  // namespace pos::cli
