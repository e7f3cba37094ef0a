// tresen training: whether it is on; on, off: turns it so.
#include <CLI/CLI.hpp>

#include "core/store/till_store.h"
#include "pos/cli/say.h"
#include "pos/cli/sign_in.h"
#include "pos/cli/store.h"

namespace pos::cli {

namespace {

class Training final : public Command {
 public:
  explicit Training(CLI::App& app) {
    app.add_option("STATE", state_, "on or off; without it: which it is")
        ->check(CLI::IsMember({"on", "off"}));
    app.add_option("--as", person_, "Who does this, once there are cashiers")->type_name("NAME");
    app.add_option("--approved-by", approver_,
                   "The manager who approves it; PINs are read in order")
        ->type_name("NAME");
    app.add_option("--pin-file", pin_file_, "A file with the PINs, or - for stdin")
        ->type_name("FILE");
  }

  Status run(const Common& common) override {
    return state_.empty() ? show(common) : turn(common, state_ == "on");
  }

 private:
  static Status show(const Common& common) {
    auto store = open_for_reading(common);
    if (!store) return cannot;
    const bool is_on = core::is_training(store->database);
    if (const Status read = after_reading(store->database); read != well) return read;
    if (common.json) {
      print(is_on ? "{\"training\": true}" : "{\"training\": false}");
    } else {
      print(is_on ? "on: nothing that is rung up counts" : "off");
    }
    return well;
  }

  Status turn(const Common& common, bool on) const {
    auto pins = Pins::from(pin_file_);
    if (!pins) return cannot;
    const core::SystemClock clock;
    const auto till = open_register(common, clock);
    if (!till) return cannot;
    if (const Status signed_in = sign_in(*till, person_, *pins); signed_in != well) {
      return signed_in;
    }
    const std::string approval = approver_.empty() ? "" : pins->next("PIN of " + approver_);
    const core::Command command =
        on ? core::Command(core::StartTraining{}) : core::Command(core::EndTraining{});
    const auto done = till->handle(command, approval);
    return done ? well : say_refusal(done.error());
  }

  std::string state_;
  std::string person_;
  std::string approver_;
  std::string pin_file_;
};

}  // namespace

std::unique_ptr<Command> training_command(CLI::App& app) {
  return std::make_unique<Training>(app);
}

}  // namespace pos::cli
