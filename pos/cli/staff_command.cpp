// tresen staff: who may sign in; tresen staff add NAME: somebody new.
#include <CLI/CLI.hpp>

#include "core/store/till_store.h"
#include "pos/cli/say.h"
#include "pos/cli/sign_in.h"
#include "pos/cli/store.h"
#include "pos/cli/table.h"

namespace pos::cli {

namespace {

class Staff final : public Command {
 public:
  explicit Staff(CLI::App& app) {
    add_ = app.add_subcommand("add", "Add a cashier; the PIN is read from stdin or a file");
    add_->fallthrough();
    add_->add_option("NAME", name_)->required();
    add_->add_option("--role", role_, "What the new one may do")
        ->check(CLI::IsMember({"manager", "cashier"}))
        ->capture_default_str();
    add_->add_option("--language", language_, "Of the screens")->check(CLI::IsMember({"de", "en"}));
    add_->add_option("--pin-file", pin_file_,
                     "A file with the PIN (after the manager's, where there is one), or -")
        ->type_name("FILE");
    add_->add_option("--as", manager_, "The manager who does this, once there are cashiers")
        ->type_name("NAME");
  }

  Status run(const Common& common) override { return add_->parsed() ? add(common) : list(common); }

 private:
  static Status list(const Common& common) {
    auto store = open_for_reading(common);
    if (!store) return cannot;
    const auto staff = core::load_staff(store->database);
    if (const Status read = after_reading(store->database); read != well) return read;
    Table table({{"Name", "name"}, {"Role", "role"}, {"Language", "language"}});
    for (const auto& cashier : staff) {
      table.add({cashier.name, word(cashier.role), cashier.language});
    }
    print_table(table, common.json ? Form::json : Form::text,
                "no cashiers: nobody has to sign in; tresen staff add NAME --role manager");
    return well;
  }

  Status add(const Common& common) const {
    auto pins = Pins::from(pin_file_);
    if (!pins) return cannot;
    const core::SystemClock clock;
    const auto till = open_register(common, clock);
    if (!till) return cannot;
    if (const Status signed_in = sign_in(*till, manager_, *pins); signed_in != well) {
      return signed_in;
    }
    const auto role = role_ == "manager" ? core::Role::manager : core::Role::cashier;
    const auto done =
        till->handle(core::AddCashier{name_, role, pins->next("PIN for " + name_), language_});
    if (!done) return say_refusal(done.error());
    print("added " + printable(name_) + " as " + role_);
    return well;
  }

  CLI::App* add_ = nullptr;
  std::string name_;
  std::string role_ = "cashier";
  std::string language_;
  std::string pin_file_;
  std::string manager_;
};

}  // namespace

std::unique_ptr<Command> staff_command(CLI::App& app) {
  return std::make_unique<Staff>(app);
}

}  // namespace pos::cli
