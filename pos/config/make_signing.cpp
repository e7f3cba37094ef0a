#include "pos/config/make_signing.h"

#include <utility>

#include "drivers/signing/epson/epson_tse.h"
#include "drivers/signing/fiskaly/fiskaly_tse.h"
#include "drivers/signing/software/software_device.h"
#include "sync/base/durable_file.h"

namespace pos {

namespace {

// A file of the data folder, or anywhere; empty stays empty.
std::string file_in(const std::filesystem::path& folder, const std::string& name) {
  return name.empty() ? "" : (folder / name).string();
}

// What became of the PINs, in a file beside the secrets.
drivers::PinMemory pins_of(const std::filesystem::path& folder) {
  constexpr std::size_t most = 64 * 1024;
  const std::filesystem::path file = folder / "signing-pins.json";
  const auto text = syncing::read_file(file, most);
  return {text && *text ? **text : "", [file](const std::string& now) {
            return syncing::write_durably(file, now) &&
                   syncing::sync_folder(file.parent_path()).has_value();
          }};
}

std::unique_ptr<drivers::SigningDevice> epson_tse(const core::FiscalSettings& settings,
                                                  const SigningSecrets& secrets,
                                                  const std::filesystem::path& folder,
                                                  const core::Clock& clock) {
  drivers::EpsonSettings epson;
  if (!settings.device_id.empty()) epson.device = settings.device_id;
  epson.admin_pin = secrets.admin_pin;
  epson.time_admin_pin = secrets.time_admin_pin;
  epson.pins = pins_of(folder);
  return std::make_unique<drivers::EpsonTse>(
      drivers::epson_at(settings.address, file_in(folder, settings.authority)), std::move(epson),
      clock);
}

std::unique_ptr<drivers::SigningDevice> fiskaly_tse(const core::FiscalSettings& settings,
                                                    const SigningSecrets& secrets,
                                                    const std::filesystem::path& folder,
                                                    const core::Clock& clock, KeepPuk keep_puk) {
  drivers::FiskalySettings fiskaly;
  if (!settings.address.empty()) fiskaly.signs_at = fiskaly.managed_at = settings.address;
  fiskaly.api_key = secrets.api_key;
  fiskaly.api_secret = secrets.api_secret;
  fiskaly.admin_pin = secrets.admin_pin;
  fiskaly.tss_id = settings.device_id;
  fiskaly.client_id = settings.client_id;
  fiskaly.keep_puk = std::move(keep_puk);
  fiskaly.pins = pins_of(folder);
  return std::make_unique<drivers::FiskalyTse>(
      drivers::web_link(file_in(folder, settings.authority)), std::move(fiskaly), clock);
}

}  // namespace

std::unique_ptr<drivers::SigningDevice> make_signing_device(const core::FiscalSettings& settings,
                                                            const SigningSecrets& secrets,
                                                            const std::filesystem::path& folder,
                                                            const core::Clock& clock,
                                                            KeepPuk keep_puk) {
  if (settings.device == "software") {
    return std::make_unique<drivers::SoftwareDevice>(folder / "software-tse", clock);
  }
  if (settings.device == "epson") return epson_tse(settings, secrets, folder, clock);
  if (settings.device == "fiskaly") {
    return fiskaly_tse(settings, secrets, folder, clock, std::move(keep_puk));
  }
  return nullptr;
}

}  // namespace pos
