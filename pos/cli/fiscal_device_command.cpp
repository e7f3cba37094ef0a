// tresen fiscal device: one call to a signing device, for developers and tests. It knows
// no store: what a till writes down around a call is not written here.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <fstream>

#include "core/base/base64.h"
#include "drivers/signing/epson/epson_tse.h"
#include "drivers/signing/fiskaly/fiskaly_tse.h"
#include "pos/cli/command.h"
#include "pos/cli/say.h"
#include "pos/cli/table.h"

namespace pos::cli {

namespace {

using drivers::Signing;

const char* fault_word(drivers::SigningFault fault) {
  constexpr std::array words{"unreachable", "lost", "busy", "needs person", "worn out", "refused"};
  return words[static_cast<std::size_t>(fault)];
}

const char* state_word(drivers::SigningState state) {
  constexpr std::array words{"not set up", "ready", "needs preparation", "worn out"};
  return words[static_cast<std::size_t>(state)];
}

Json said(const drivers::Signature& signature) {
  return {{"transaction", signature.transaction},
          {"counter", signature.counter},
          {"time", core::to_iso(signature.time)},
          {"signature", core::to_base64(signature.value)},
          {"serial", signature.serial}};
}

Json said(const drivers::SigningStatus& status) {
  Json json{{"state", state_word(status.state)},
            {"maker", status.maker},
            {"serial", status.serial},
            {"public_key", core::to_base64(status.public_key)},
            {"algorithm", status.algorithm},
            {"time_format", status.time_format},
            {"certification", status.certification},
            {"version", status.version},
            {"certificate_end", core::to_iso(status.certificate_end)},
            {"signatures_made", status.signatures_made},
            {"open_transactions", status.open_transactions},
            {"has_time", status.has_time},
            {"clients", status.clients},
            {"test", status.is_test}};
  if (status.signatures_left) json["signatures_left"] = *status.signatures_left;
  if (status.bytes_used) json["bytes_used"] = *status.bytes_used;
  if (status.bytes_in_all) json["bytes_in_all"] = *status.bytes_in_all;
  if (status.seconds_to_self_test) json["seconds_to_self_test"] = *status.seconds_to_self_test;
  return json;
}

struct DeviceVerb {
  const char* name;
  const char* says;
};
constexpr std::array device_verbs{
    DeviceVerb{"status", "Say what the device says of itself"},
    DeviceVerb{"set-up", "Set up a device that is new, and register the till"},
    DeviceVerb{"prepare", "Make it ready for the day"},
    DeviceVerb{"start", "Begin a transaction"},
    DeviceVerb{"finish", "End a transaction"},
    DeviceVerb{"recover", "Ask what became of a start, or of a finish with --transaction"},
    DeviceVerb{"open", "List what was begun and not ended"},
    DeviceVerb{"archive", "Write the records into a file"},
    DeviceVerb{"certificates", "Print the certificates"},
    DeviceVerb{"sell", "Begin and end so many transactions, and ask about each lost answer"}};

// What became of many sales, one after the other.
struct Sold {
  int sales = 0, lost = 0, found = 0, sent_again = 0, other_faults = 0, strange = 0;
};

class FiscalDevice final : public Command {
 public:
  explicit FiscalDevice(CLI::App& fiscal) {
    app_ = fiscal.add_subcommand("device", "One call to a signing device, without a till")
               ->group("")
               ->fallthrough();
    app_->require_subcommand(1);
    for (const DeviceVerb& verb : device_verbs) {
      CLI::App* sub = app_->add_subcommand(verb.name, verb.says)->fallthrough();
      subs_.push_back(sub);
    }
    app_->option_defaults()->take_last();
    app_->add_option("--kind", kind_, "epson or fiskaly")->required();
    app_->add_option("--address", address_, "Host, or host and port; of fiskaly a URL")->required();
    app_->add_option("--authority", authority_, "A PEM file: TLS, and what is trusted");
    app_->add_option("--device", device_, "The name of an Epson device")->capture_default_str();
    app_->add_option("--client", step_.client, "The till's serial");
    app_->add_option("--puk", setup_.puk, "Of the device, for set-up alone");
    app_->add_option("--admin-pin", setup_.admin_pin, "Of the administrator");
    app_->add_option("--time-admin-pin", setup_.time_admin_pin, "Of the tills");
    app_->add_option("--id", step_.id, "The till's own id of the transaction");
    app_->add_option("--transaction", step_.transaction, "Its number, as its start said");
    app_->add_option("--type", step_.process_type, "The process type of its end");
    app_->add_option("--data", step_.process_data, "The process data of its end");
    app_->add_option("--counter", step_.last_counter, "The highest counter that was seen");
    app_->add_option("--patience", patience_, "Milliseconds for an answer");
    app_->add_option("--out", out_, "The file of an archive");
    app_->add_option("--api-key", fiskaly_.api_key, "Of fiskaly");
    app_->add_option("--api-secret", fiskaly_.api_secret, "Of fiskaly");
    app_->add_option("--tss", fiskaly_.tss_id, "The id of the TSE at fiskaly");
    app_->add_option("--client-id", fiskaly_.client_id, "The id of the till at fiskaly");
    app_->add_option("--pause", pause_, "Milliseconds to wait at least where another till has it");
    app_->add_option("--count", count_, "How many sales");
    app_->add_flag("--discard", discards_, "Then delete on the device what was archived");
  }

  Status run(const Common&) override {
    const auto device = make();
    if (!device) return fail("say which kind: epson or fiskaly", wrong_usage);
    for (std::size_t i = 0; i < subs_.size(); ++i) {
      if (subs_[i]->parsed()) return call(*device, device_verbs[i].name);
    }
    return wrong_usage;
  }

 private:
  std::unique_ptr<drivers::SigningDevice> make() const {
    static const core::SystemClock clock;
    if (kind_ == "fiskaly") {
      drivers::FiskalySettings fiskaly = fiskaly_;
      fiskaly.signs_at = fiskaly.managed_at = address_;
      fiskaly.admin_pin = setup_.admin_pin;
      fiskaly.between_polls = drivers::Milliseconds{200};
      if (patience_ > 0) fiskaly.to_answer = drivers::Milliseconds{patience_};
      return std::make_unique<drivers::FiskalyTse>(drivers::web_link(authority_), fiskaly, clock);
    }
    if (kind_ != "epson") return nullptr;
    drivers::EpsonSettings settings;
    settings.device = device_;
    settings.admin_pin = setup_.admin_pin;
    settings.time_admin_pin = setup_.time_admin_pin;
    if (patience_ > 0) settings.times.to_answer = drivers::Milliseconds{patience_};
    if (pause_ > 0) settings.times.shortest_pause = drivers::Milliseconds{pause_};
    return std::make_unique<drivers::EpsonTse>(drivers::epson_at(address_, authority_), settings,
                                               clock);
  }

  Status call(drivers::SigningDevice& device, std::string_view verb) {
    const core::Instant now = core::SystemClock().now();
    step_.verb =
        step_.transaction == 0 ? drivers::SigningVerb::start : drivers::SigningVerb::finish;
    if (verb == "status") return show(device.status());
    if (verb == "prepare") return show(device.prepare(step_.client, now));
    if (verb == "start") return show(device.start(step_));
    if (verb == "finish") return show(device.finish(step_));
    if (verb == "recover") return show(device.recover(step_));
    if (verb == "open") return show(device.open(step_.client));
    if (verb == "archive") return archive(device);
    if (verb == "certificates") return show(device.certificates());
    if (verb == "sell") return sell(device);
    setup_.client = step_.client;
    return show(device.set_up(setup_, now));
  }

  // A step until it is signed, as the till's worker does it: whatever was lost is asked
  // about before it is sent again.
  static std::optional<drivers::Signature> sign(drivers::SigningDevice& device,
                                                drivers::SigningStep& step, Sold& sold) {
    constexpr int most_tries = 200;
    for (int tries = 0; tries < most_tries; ++tries) {
      auto made =
          step.verb == drivers::SigningVerb::start ? device.start(step) : device.finish(step);
      for (; !made && made.error().fault == drivers::SigningFault::lost && tries < most_tries;
           ++tries) {
        ++sold.lost;
        const auto recovered = device.recover(step);
        if (!recovered) continue;
        const auto* signature = std::get_if<drivers::Signature>(&*recovered);
        if (!signature) break;
        ++sold.found;
        made = *signature;
      }
      if (made) {
        if (made->counter <= step.last_counter) ++sold.strange;
        step.last_counter = made->counter;
        return *made;
      }
      if (made.error().fault == drivers::SigningFault::lost) {
        ++sold.sent_again;
      } else {
        ++sold.other_faults;
      }
    }
    return {};
  }

  Status sell(drivers::SigningDevice& device) {
    core::IdSource ids;
    Sold sold;
    std::int64_t last = 0;
    for (int sale = 0; sale < count_; ++sale) {
      step_.verb = drivers::SigningVerb::start;
      step_.id = core::to_text(ids.next(core::SystemClock().now()));
      step_.process_type = step_.process_data = "";
      const auto start = sign(device, step_, sold);
      if (!start) break;
      if (start->transaction <= last) ++sold.strange;
      last = step_.transaction = start->transaction;
      step_.verb = drivers::SigningVerb::finish;
      step_.process_type = "Kassenbeleg-V1";
      step_.process_data = fmt::format("Beleg^0.00_0.00_0.00_0.00_{0}.00^{0}.00:Bar", sale + 1);
      const auto finish = sign(device, step_, sold);
      if (!finish) break;
      if (finish->transaction != start->transaction) ++sold.strange;
      ++sold.sales;
    }
    print_json({{"sales", sold.sales},
                {"lost", sold.lost},
                {"found", sold.found},
                {"sent_again", sold.sent_again},
                {"other_faults", sold.other_faults},
                {"strange", sold.strange}});
    return sold.sales == count_ && sold.strange == 0 ? well : attention;
  }

  Status archive(drivers::SigningDevice& device) const {
    if (out_.empty()) return fail("name the file with --out", wrong_usage);
    std::ofstream file(out_, std::ios::binary | std::ios::trunc);
    drivers::ArchiveSpan span;
    span.is_to_be_discarded = discards_;
    const auto archived = device.archive(span, [&](std::string_view bytes) {
      file << bytes << std::flush;
      return file.good();
    });
    if (!archived || !discards_) return show(archived);
    return show(device.discard_archived());
  }

  static Status show(const drivers::SigningFailure& failure) {
    Json json{
        {"fault", fault_word(failure.fault)}, {"says", failure.says}, {"detail", failure.detail}};
    if (failure.tries_left >= 0) json["tries_left"] = failure.tries_left;
    print_json(json);
    return cannot;
  }
  template <class T>
  static Status show(const Signing<T>& answer) {
    if (!answer) return show(answer.error());
    print_json(as_json(*answer));
    return well;
  }
  static Json as_json(core::Done) { return {{"done", true}}; }
  static Json as_json(const std::string& text) { return {{"certificates", text}}; }
  static Json as_json(const drivers::Signature& signature) { return said(signature); }
  static Json as_json(const drivers::SigningStatus& status) { return said(status); }
  static Json as_json(const drivers::Recovered& recovered) {
    const auto* signature = std::get_if<drivers::Signature>(&recovered);
    return signature ? said(*signature) : Json{{"not_signed", true}};
  }
  static Json as_json(const std::vector<drivers::OpenTransaction>& open) {
    Json list = Json::array();
    for (const auto& one : open) list.push_back({{"transaction", one.number}, {"id", one.id}});
    return {{"open", list}};
  }

  CLI::App* app_ = nullptr;
  std::vector<CLI::App*> subs_;
  std::string kind_, address_, authority_, device_ = "local_TSE", out_;
  drivers::SigningSetup setup_;
  drivers::SigningStep step_;
  drivers::FiskalySettings fiskaly_;
  int patience_ = 0, pause_ = 0, count_ = 1;
  bool discards_ = false;
};

}  // namespace

std::unique_ptr<Command> fiscal_device_command(CLI::App& fiscal) {
  return std::make_unique<FiscalDevice>(fiscal);
}

}  // namespace pos::cli
