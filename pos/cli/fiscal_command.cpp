// tresen fiscal: the security device that a country asks for, from the command line: how it
// is, when it was out of order, whether everything belongs together, and what the owner
// reports to the tax office.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>

#include "core/store/master_store.h"
#include "core/store/signing_store.h"
#include "core/store/till_store.h"
#include "core/store/verify_signatures.h"
#include "core/tax/country.h"
#include "drivers/signing/proof.h"
#include "pos/cli/fiscal_checks.h"
#include "pos/cli/say.h"
#include "pos/cli/sign_in.h"
#include "pos/cli/signing_now.h"
#include "pos/cli/store.h"
#include "pos/cli/table.h"
#include "pos/layout/signing_words.h"
#include "pos/runtime/signing_setup.h"

namespace pos::cli {

namespace {

std::string proof_of(const core::ReceiptSigning& signing) {
  const auto proof = drivers::prove(
      {signing.client, signing.process_type, signing.process_data, signing.finish->number,
       signing.finish->counter, signing.finish->time, signing.device.algorithm,
       signing.device.time_format, signing.finish->value, signing.device.public_key});
  if (!proof) return std::string(drivers::in_words(proof.error()));
  return *proof == signing.device.serial ? "" : "Another device has signed it.";
}

Table outage_table(const std::vector<core::SigningOutage>& outages, std::string_view zone) {
  Table table({{"Began", "began"},
               {"Ended", "ended"},
               {"Reason", "reason"},
               {"Detail", "detail"},
               {"Not signed", "not_signed", Align::right}});
  for (const core::SigningOutage& outage : outages) {
    table.add({time_cell(outage.began, zone),
               time_cell(outage.ended.value_or(core::Instant{}), zone), outage.reason,
               outage.detail, outage.events});
  }
  return table;
}

Json json_of(const core::SigningDeviceFacts& device) {
  Json json;
  json["serial"] = device.serial;
  json["kind"] = device.kind;
  json["maker"] = device.maker;
  json["version"] = device.version;
  json["is_test"] = device.is_test;
  json["certification"] = device.certification;
  json["algorithm"] = device.algorithm;
  json["adopted"] = core::to_iso(device.adopted);
  json["seen"] = core::to_iso(device.seen);
  json["certificate_ends"] = core::to_iso(device.certificate_end);
  json["signatures_made"] = device.signatures_made;
  if (device.signatures_left) json["signatures_left"] = *device.signatures_left;
  if (device.bytes_used) json["bytes_used"] = *device.bytes_used;
  if (device.bytes_in_all) json["bytes_in_all"] = *device.bytes_in_all;
  json["clock_ahead_ms"] = device.ahead.count();
  if (device.archived != core::Instant{}) json["exported"] = core::to_iso(device.archived);
  return json;
}

class FiscalCommand final : public Command {
 public:
  explicit FiscalCommand(CLI::App& app)
      : app_(app), call_(fiscal_device_command(app)), checks_(app) {
    app.add_option("VERB", verb_,
                   "status, outages, verify, setup, unblock, test, archive or elster")
        ->check(CLI::IsMember(
            {"status", "outages", "verify", "setup", "unblock", "test", "archive", "elster"}))
        ->capture_default_str();
    app.add_option("--country", country_, "Of setup: DE")
        ->check(CLI::IsMember({"DE"}, CLI::ignore_case));
    app.add_option("--device", device_, "Of setup: software, epson or fiskaly")
        ->check(CLI::IsMember({"software", "epson", "fiskaly"}));
    app.add_option("--address", address_, "Of setup: as in 192.168.0.30:8009");
    app.add_option("--device-id", device_id_, "Of setup: the name of the device at its address");
    app.add_option("--authority", authority_,
                   "Of setup: a file of the data folder with the certificate to trust");
    app.add_option("--puk-file", puk_file_,
                   "Of setup, once in a device's life, and of unblock, which sets new PINs: a file "
                   "with PUK, admin PIN and time admin PIN, a line each, or - for stdin")
        ->type_name("FILE");
    app.add_option("--limit", limit_, "Of outages: at most so many")
        ->check(CLI::Range(1, 10'000'000))
        ->capture_default_str();
    app.add_option("--as", cashier_, "Who does this, once there are cashiers")->type_name("NAME");
    app.add_option("--pin-file", pin_file_, "A file with the PIN, or - for stdin")
        ->type_name("FILE");
  }

  Status run(const Common& common) override {
    if (app_.got_subcommand("device")) return call_->run(common);
    if (const auto checked = checks_.run(common)) return *checked;
    if (verb_ == "setup" || verb_ == "unblock") return set_up(common);
    if (verb_ == "test") return test(common);
    if (verb_ == "archive") return archive_now(common, {}, {});
    auto store = open_for_reading(common);
    if (!store) return cannot;
    const Status status = verb_ == "outages"  ? list_outages(common, *store)
                          : verb_ == "verify" ? verify(common, *store)
                          : verb_ == "elster" ? elster(common, *store)
                                              : show_status(common, *store);
    return after_reading(store->database, status);
  }

 private:
  Status list_outages(const Common& common, Reading& store) const {
    print_table(outage_table(core::outages(store.database, limit_), store.settings.shop.time_zone),
                common.json ? Form::json : Form::text, "the device was never out of order");
    return well;
  }

  Status show_status(const Common& common, Reading& store) const {
    const core::FiscalSettings& fiscal = store.settings.fiscal;
    const auto device = core::signing_device(store.database);
    const auto outage = core::open_outage(store.database);
    const core::Instant now = core::SystemClock().now();
    const Words& words = words_for(store);
    std::vector<std::string> warnings;
    if (device) {
      for (const auto& warning : core::signing_warnings(*device, now)) {
        warnings.push_back(in_words(warning, words));
      }
    }
    const bool is_well = !outage && warnings.empty();
    if (common.json) {
      Json json;
      json["country"] = store.settings.shop.country;
      json["device_kind"] = fiscal.device;
      json["till_serial"] = core::till_serial(store.database);
      if (device) json["device"] = json_of(*device);
      if (outage) json["out_of_order_since"] = core::to_iso(outage->began);
      if (outage) json["reason"] = outage->reason;
      json["warnings"] = warnings;
      print_json(json);
      return is_well ? well : attention;
    }
    if (core::country_from(store.settings.shop.country) != core::Country::germany) {
      print("nothing is signed in this country; for Germany: tresen fiscal setup --country DE");
      return well;
    }
    print(fmt::format("{:<24} {}", words("Country"), store.settings.shop.country));
    print(fmt::format("{:<24} {}", words("Till serial"), core::till_serial(store.database)));
    if (!device) print(std::string(words("The security device was not seen yet.")));
    if (device) {
      for (const Fact& fact : device_facts(*device, store.settings.shop.time_zone, words)) {
        print(fmt::format("{:<24} {}", fact.label, printable(fact.value)));
      }
    }
    if (outage) print(fmt::format("! {}: {}", words("TSE out of order"), words(outage->reason)));
    for (const std::string& warning : warnings) print("! " + warning);
    return is_well ? well : attention;
  }

  Status verify(const Common& common, Reading& store) const {
    const auto found = core::verify_signatures(store.database, proof_of);
    if (const auto* broken = std::get_if<core::SignaturesBroken>(&found)) {
      if (common.json) print_json({{"first_wrong", broken->receipt}, {"what", broken->what}});
      return fail(fmt::format("receipt {} {}", broken->receipt, broken->what), attention);
    }
    const auto& sound = std::get<core::SignaturesSound>(found);
    if (common.json) {
      print_json(
          {{"signed", sound.is_signed}, {"in_outages", sound.missed}, {"waiting", sound.waiting}});
    } else {
      print(fmt::format("{} receipts are signed and proven, {} went out in outages, {} wait",
                        sound.is_signed, sound.missed, sound.waiting));
    }
    return well;
  }

  // What section 146a(4) AO asks the owner to report, ready to be copied.
  Status elster(const Common& common, Reading& store) const {
    const core::ShopSettings& shop = store.settings.shop;
    const std::string serial = core::till_serial(store.database);
    const auto devices = core::signing_devices(store.database);
    if (common.json) {
      Json json;
      json["business"] = shop.name;
      json["address"] = {shop.street, shop.city};
      json["tax_number"] = shop.tax_number;
      json["till_serial"] = serial;
      json["till_software"] = "Tresen " TRESEN_VERSION;
      json["devices"] = Json::array();
      for (const auto& device : devices) json["devices"].push_back(json_of(device));
      print_json(json);
      return well;
    }
    const Words& words = words_for(store);
    const auto line = [&](std::string_view label, std::string_view value) {
      print(fmt::format("{:<24} {}", label, printable(value)));
    };
    line(words("The shop"), shop.name);
    line(words("Address"), shop.street + ", " + shop.city);
    line(words("Tax number"), shop.tax_number);
    line(words("Till serial"), serial);
    line(words("Software"), "Tresen " TRESEN_VERSION);
    for (const auto& device : devices) {
      print("");
      line(words("Serial of the TSE"), device.serial);
      line(words("Certification (BSI)"), device.certification);
      line(words("In use since"), time_cell(device.adopted, shop.time_zone).text);
      if (device.is_test)
        print(std::string(words("TEST: not to be reported, it is not certified")));
    }
    return well;
  }

  Status set_up(const Common& common) const {
    auto pins = Pins::from(pin_file_);
    if (!pins) return cannot;
    const core::SystemClock clock;
    const auto till = open_register(common, clock);
    if (!till) return cannot;
    if (const Status signed_in = sign_in(*till, cashier_, *pins); signed_in != well) {
      return signed_in;
    }
    // Chosen here and written down before anything is made there: to be asked for again.
    core::IdSource ids;
    const core::FiscalSettings before = till->snapshot().settings.fiscal;
    const auto chosen = [&](const std::string& said, const std::string& known) {
      const bool is_new = device_ == "fiskaly" && said.empty() && known.empty();
      return is_new ? to_text(ids.next(clock.now())) : said;
    };
    const std::string device_id = chosen(device_id_, before.device_id);
    const std::string client_id = chosen("", before.client_id);
    const std::pair<const char*, const std::string&> settings[] = {
        {"fiscal.device", device_},       {"fiscal.address", address_},
        {"fiscal.authority", authority_}, {"fiscal.device_id", device_id},
        {"fiscal.client_id", client_id},  {"shop.country", country_}};
    for (const auto& [key, value] : settings) {
      if (value.empty()) continue;
      if (const auto done = till->handle(core::ChangeSetting{key, value}); !done) {
        return say_refusal(done.error());
      }
    }
    return use_device(common, *till, clock);
  }

  Status use_device(const Common& common, core::Register& till, const core::Clock& clock) const {
    SigningNow now(common.data, till, clock);
    if (!now.has_device()) return fail("no device is set up; --device says which", wrong_usage);
    if (!puk_file_.empty()) {
      auto secrets = Pins::from(puk_file_);
      if (!secrets) return cannot;
      SigningWish wish;
      wish.kind = verb_ == "unblock" ? SigningWish::Kind::unblock : SigningWish::Kind::set_up;
      wish.setup.puk = secrets->next("PUK");
      wish.setup.admin_pin = secrets->next("admin PIN");
      wish.setup.time_admin_pin = secrets->next("time admin PIN");
      const auto done = set_up_device(wish, till.snapshot().signing.client, common.data,
                                      clock.now(), [&] { return now.make_anew(); });
      if (!done) return fail_of(done.error());
    } else if (verb_ == "unblock") {
      return fail("a PIN is set anew with the PUK: --puk-file says where it stands", wrong_usage);
    }
    if (!now.look(true)) return fail(now.trouble(), attention);
    // The one that answers is not the one that this till has signed with.
    if (const auto stranger = till.snapshot().signing.stranger) {
      if (verb_ != "setup") {
        return fail(fmt::format("another security device answers, {}; to sign with it from now "
                                "on: tresen fiscal setup --country DE",
                                stranger->serial),
                    attention);
      }
      if (const auto adopted = till.handle(core::AdoptSigningDevice{stranger->serial}); !adopted) {
        return say_refusal(adopted.error());
      }
      if (!now.look(true)) return fail(now.trouble(), attention);
    }
    now.sign_what_waits();
    print(fmt::format("ready: {}", till.snapshot().signing.device->serial));
    return well;
  }

  static Status fail_of(const drivers::SigningFailure& failure) {
    std::string says = failure.says;
    if (!failure.detail.empty()) says += " (" + failure.detail + ")";
    if (failure.tries_left >= 0) says += fmt::format(" {} tries are left.", failure.tries_left);
    return fail(says, attention);
  }

  Status test(const Common& common) const {
    const core::SystemClock clock;
    const auto till = open_register(common, clock);
    if (!till) return cannot;
    if (!till->snapshot().signing.is_wanted) {
      return fail(
          "nothing is signed in this country; for Germany: tresen fiscal setup --country DE",
          attention);
    }
    return use_device(common, *till, clock);
  }

  static const Words& words_for(const Reading& store) {
    static const Translations translations = Translations::load();
    return translations(language_from(store.settings.till.language));
  }

  CLI::App& app_;
  std::unique_ptr<Command> call_;  // of `tresen fiscal device`
  FiscalChecks checks_;
  std::string verb_ = "status", country_, device_, address_, device_id_, authority_, puk_file_;
  int limit_ = 50;
  std::string cashier_, pin_file_;
};

}  // namespace

std::unique_ptr<Command> fiscal_command(CLI::App& app) {
  return std::make_unique<FiscalCommand>(app);
}

}  // namespace pos::cli
