// tresen staff: who may sign in; add NAME: somebody new; badge NAME: the card that signs
// them in; roles: what each role may, and up to which limits.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "core/store/till_store.h"
#include "pos/cli/say.h"
#include "pos/cli/sign_in.h"
#include "pos/cli/store.h"
#include "pos/cli/table.h"

namespace pos::cli {

namespace {

// "10" of a hundred, or an amount, as in 12.50; "none": no limit. Nothing: it is neither.
std::optional<std::optional<std::int64_t>> limit_from(const std::string& text) {
  if (text == "none") return std::optional<std::int64_t>{};
  const auto parsed = core::parse_plain(text, core::eur);
  if (!parsed || parsed->minor < 0) return {};
  return parsed->minor;
}

Json limit_json(std::optional<std::int64_t> limit) {
  return limit ? Json(core::to_plain(core::Money{*limit, core::eur})) : Json(nullptr);
}

std::string limit_cell(std::optional<std::int64_t> limit) {
  return limit ? core::to_plain(core::Money{*limit, core::eur}) : "none";
}

Json role_json(const core::StaffRole& role) {
  Json permissions = Json::object();
  for (int i = 0; i < core::permission_count; ++i) {
    const auto permission = static_cast<core::Permission>(i);
    permissions[std::string(core::word(permission))] = core::word(core::allowed(role, permission));
  }
  return {{"name", role.name},
          {"base", core::word(role.base)},
          {"discount_limit_percent", limit_json(role.limits.discount)},
          {"refund_limit", limit_json(role.limits.refund)},
          {"cash_out_limit", limit_json(role.limits.cash_out)},
          {"permissions", std::move(permissions)}};
}

class Staff final : public Command {
 public:
  explicit Staff(CLI::App& app) {
    add_ = app.add_subcommand("add", "Add a cashier; the PIN is read from stdin or a file");
    add_->fallthrough();
    add_->add_option("NAME", name_)->required();
    add_->add_option("--role", role_, "What the new one may do: the name of a role")
        ->capture_default_str();
    add_->add_option("--language", language_, "Of the screens")->check(CLI::IsMember({"de", "en"}));
    badge_ = app.add_subcommand(
        "badge",
        "Give a cashier a badge; its code is read after the PIN, an empty one takes it away");
    badge_->fallthrough();
    badge_->add_option("NAME", name_)->required();
    roles_ = app.add_subcommand("roles", "List the roles, or add, edit and remove one");
    roles_->fallthrough();
    add_roles(*roles_);
    for (CLI::App* sub : {add_, badge_, add_role_, edit_role_, remove_role_}) add_who(*sub);
  }

  Status run(const Common& common) override {
    if (add_->parsed())
      return change(common, [this](auto& till, auto& pins) { return add(till, pins); });
    if (badge_->parsed())
      return change(common, [this](auto& till, auto& pins) { return badge(till, pins); });
    if (add_role_->parsed() || edit_role_->parsed() || remove_role_->parsed()) {
      return change(common, [this](auto& till, auto&) { return change_role(till); });
    }
    return roles_->parsed() ? list_roles(common) : list(common);
  }

 private:
  void add_who(CLI::App& app) {
    app.add_option("--pin-file", pin_file_,
                   "A file with the PIN (after the manager's, where there is one), or -")
        ->type_name("FILE");
    app.add_option("--as", manager_, "The manager who does this, once there are cashiers")
        ->type_name("NAME");
  }

  void add_roles(CLI::App& app) {
    app.add_subcommand("list", "List them; --json tells every permission")->fallthrough();
    add_role_ = app.add_subcommand("add", "Add a role");
    add_role_->add_option("--like", like_, "The role that it begins as")->capture_default_str();
    edit_role_ = app.add_subcommand("edit", "Change what a role may");
    edit_role_->add_option("--rename", rename_, "Its new name");
    remove_role_ = app.add_subcommand("remove", "Remove a role that nobody has");
    for (CLI::App* sub : {add_role_, edit_role_, remove_role_}) {
      sub->fallthrough();
      sub->add_option("NAME", name_)->required();
    }
    for (CLI::App* sub : {add_role_, edit_role_}) {
      sub->add_option("--allow", allow_, "A permission, as in \"void order\"; may be repeated");
      sub->add_option("--approval", approval_, "A permission that somebody else approves");
      sub->add_option("--off", off_, "A permission that it does not have");
      sub->add_option("--discount", discount_, "Percent it may let off alone, or none");
      sub->add_option("--refund", refund_, "The largest refund, as in 20.00, or none");
      sub->add_option("--cash-out", cash_out_, "The largest sum out of the drawer, or none");
    }
  }

  static Status list(const Common& common) {
    auto store = open_for_reading(common);
    if (!store) return cannot;
    const auto staff = core::load_staff(store->database);
    const auto roles = core::load_roles(store->database);
    if (const Status read = after_reading(store->database); read != well) return read;
    Table table({{"Name", "name"}, {"Role", "role"}, {"Language", "language"}, {"Badge", "badge"}});
    for (const auto& cashier : staff) {
      table.add({cashier.name, core::role_of(roles, cashier.role).name, cashier.language,
                 cashier.has_badge ? "yes" : ""});
    }
    print_table(table, common.json ? Form::json : Form::text,
                "no cashiers: nobody has to sign in; tresen staff add NAME --role manager");
    return well;
  }

  static Status list_roles(const Common& common) {
    auto store = open_for_reading(common);
    if (!store) return cannot;
    const auto roles = core::load_roles(store->database);
    if (const Status read = after_reading(store->database); read != well) return read;
    if (common.json) {
      Json all = Json::array();
      for (const core::StaffRole& role : roles) all.push_back(role_json(role));
      print_json(all);
      return well;
    }
    Table table({{"Role", "name"},
                 {"Began as", "base"},
                 {"Discount %", "discount", Align::right},
                 {"Refund", "refund", Align::right},
                 {"Cash out", "cash_out", Align::right}});
    for (const core::StaffRole& role : roles) {
      table.add({role.name, core::word(role.base), limit_cell(role.limits.discount),
                 limit_cell(role.limits.refund), limit_cell(role.limits.cash_out)});
    }
    print_table(table, Form::text, "no roles");
    return well;
  }

  // Opens the store as its one writer, signs in, and does `work`.
  Status change(const Common& common, auto work) const {
    auto pins = Pins::from(pin_file_);
    if (!pins) return cannot;
    const core::SystemClock clock;
    const auto till = open_register(common, clock);
    if (!till) return cannot;
    if (const Status signed_in = sign_in(*till, manager_, *pins); signed_in != well) {
      return signed_in;
    }
    return work(*till, *pins);
  }

  Status add(core::Register& till, Pins& pins) const {
    const auto roles = till.snapshot().roles;
    const core::StaffRole* role = core::find_role(roles, role_);
    if (!role) return no_role(role_);
    const auto done =
        till.handle(core::AddCashier{name_, role->role, pins.next("PIN for " + name_), language_});
    if (!done) return say_refusal(done.error());
    print("added " + printable(name_) + " as " + printable(role->name));
    return well;
  }

  Status badge(core::Register& till, Pins& pins) const {
    const auto staff = till.snapshot().staff;
    const auto who = std::ranges::find(staff, name_, &core::Cashier::name);
    if (who == staff.end()) return fail("there is no cashier \"" + name_ + "\"", attention);
    const auto done = till.handle(core::SetBadge{who->row, pins.next("Badge of " + name_)});
    return done ? well : say_refusal(done.error());
  }

  Status change_role(core::Register& till) const {
    const auto roles = till.snapshot().roles;
    const std::string& begins_as = add_role_->parsed() ? like_ : name_;
    const core::StaffRole* known = core::find_role(roles, begins_as);
    if (!known) return no_role(begins_as);
    if (remove_role_->parsed()) {
      const auto done = till.handle(core::RemoveRole{known->role});
      return done ? well : say_refusal(done.error());
    }
    core::StaffRole role = add_role_->parsed() ? core::copy_of(*known, name_) : *known;
    if (!rename_.empty()) role.name = rename_;
    if (const Status said = apply_options(role); said != well) return said;
    const auto done = till.handle(core::SaveRole{role});
    return done ? well : say_refusal(done.error());
  }

  Status apply_options(core::StaffRole& role) const {
    for (const auto& [words, allowed] : {std::pair(&allow_, core::Allowed::yes),
                                         std::pair(&approval_, core::Allowed::with_approval),
                                         std::pair(&off_, core::Allowed::no)}) {
      for (const std::string& word : *words) {
        const auto permission = core::permission_from(word);
        if (!permission) {
          return fail(fmt::format("there is no permission \"{}\"; tresen staff roles --json lists "
                                  "them",
                                  word),
                      wrong_usage);
        }
        core::set(role, *permission, allowed);
      }
    }
    for (const auto& [text, place] : {std::pair(&discount_, &core::RoleLimits::discount),
                                      std::pair(&refund_, &core::RoleLimits::refund),
                                      std::pair(&cash_out_, &core::RoleLimits::cash_out)}) {
      if (text->empty()) continue;
      const auto limit = limit_from(*text);
      if (!limit) {
        return fail(fmt::format("\"{}\" is no limit as in 20.00, or none", *text), wrong_usage);
      }
      role.limits.*place = *limit;
    }
    return well;
  }

  static Status no_role(const std::string& name) {
    return fail("there is no role \"" + name + "\"; tresen staff roles lists them", attention);
  }

  CLI::App *add_ = nullptr, *badge_ = nullptr, *roles_ = nullptr, *add_role_ = nullptr,
           *edit_role_ = nullptr, *remove_role_ = nullptr;
  std::string name_, role_ = "cashier", like_ = "cashier", rename_;
  std::string language_, pin_file_, manager_;
  std::vector<std::string> allow_, approval_, off_;
  std::string discount_, refund_, cash_out_;
};

}  // namespace

std::unique_ptr<Command> staff_command(CLI::App& app) {
  return std::make_unique<Staff>(app);
}

}  // namespace pos::cli
