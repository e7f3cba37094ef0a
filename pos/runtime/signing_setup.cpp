#include "pos/runtime/signing_setup.h"

#include <utility>

#include "pos/config/configuration.h"

namespace pos {

namespace {

using drivers::SigningFailure;
using drivers::SigningFault;

drivers::Signing<core::Done> keep(const std::filesystem::path& folder, const SigningWish& wish) {
  const auto kept = keep_secrets(
      folder, {wish.setup.admin_pin, wish.setup.time_admin_pin, wish.api_key, wish.api_secret});
  if (kept) return core::Done{};
  return tl::unexpected(SigningFailure{
      SigningFault::needs_person,
      "PINs and keys could not be kept in the secrets file: can it be written?", kept.error()});
}

}  // namespace

SigningFailure no_device_chosen() {
  return {SigningFault::needs_person,
          "No security device is chosen: choose one in the settings first.", ""};
}

drivers::Signing<core::Done> set_up_device(
    const SigningWish& wish, const std::string& client, const std::filesystem::path& folder,
    core::Instant now, const std::function<drivers::SigningDevice*()>& made_anew) {
  drivers::SigningSetup setup = wish.setup;
  setup.client = client;
  if (wish.kind == SigningWish::Kind::unblock) {
    drivers::SigningDevice* device = made_anew();
    if (!device) return tl::unexpected(no_device_chosen());
    // One after the other: what the device has taken is kept, whatever becomes of the next.
    for (const auto& [admin_pin, time_admin_pin] :
         {std::pair(setup.admin_pin, std::string()),
          std::pair(std::string(), setup.time_admin_pin)}) {
      SigningWish one{wish.kind, {setup.puk, admin_pin, time_admin_pin, client}, "", ""};
      auto done = device->unblock(one.setup);
      if (!done && done.error().fault != SigningFault::lost) return done;
      if (auto kept = keep(folder, one); !kept) return kept;
      if (!done) return done;
    }
    (void)made_anew();
    return core::Done{};
  }
  if (auto kept = keep(folder, wish); !kept) return kept;
  drivers::SigningDevice* device = made_anew();
  if (!device) return tl::unexpected(no_device_chosen());
  if (wish.kind != SigningWish::Kind::set_up) return core::Done{};
  return device->set_up(setup, now);
}

}  // namespace pos
