#include "pos/screens/sign_in/sign_in_screen.h"

#include <algorithm>

#include "core/base/text.h"
#include "pos/screens/parts/keying.h"
#include "pos/screens/parts/lamps.h"
#include "pos/screens/parts/role_words.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

// Rounded up, so that it never says "0 s" while it is still locked.
std::int64_t locked_seconds(const Scene& scene, const core::PinRecord& record) {
  return std::chrono::ceil<std::chrono::seconds>(core::locked_for(record, scene.instant)).count();
}

SignInView::Person shown(const Scene& scene, const core::Cashier& cashier) {
  const Words& words = scene.words;
  const std::string& language =
      cashier.language.empty() ? scene.till.settings.till.language : cashier.language;
  SignInView::Person person{.row = cashier.row, .name = cashier.name};
  person.second = role_name(core::role_of(scene.till.roles, cashier.role), words) + " · " +
                  std::string(name_of(language_from(language)));
  person.initials = core::initials(cashier.name);
  person.category = ui::category_of(cashier.name.data(), cashier.name.size());
  return person;
}

void add_people(const Scene& scene, const SignInInput& input, SignInView& view) {
  for (const core::Cashier& cashier : scene.till.staff) {
    view.people.push_back(shown(scene, cashier));
  }
  if (view.people.empty()) return;
  auto chosen = std::find_if(view.people.begin(), view.people.end(),
                             [&](const auto& person) { return person.row == input.cashier; });
  if (chosen == view.people.end()) chosen = view.people.begin();
  chosen->is_selected = true;
  view.chosen = *chosen;
}

void add_message(const Scene& scene, const SignInInput& input, SignInView& view) {
  const Words& words = scene.words;
  const core::PinRecord record = core::record_of(scene.till.pins, view.chosen.row);
  const std::int64_t seconds = locked_seconds(scene, record);
  view.is_locked = seconds > 0;
  view.is_wrong = view.is_locked || (record.wrong > 0 && input.is_sent && input.pin.empty());
  view.message = words("Enter PIN");
  if (view.is_locked) {
    view.message = words.fill("Too many wrong PINs. Please wait {} s.", {std::to_string(seconds)});
  } else if (view.is_wrong) {
    view.message = words("This PIN is not right.");
  }
  view.can_sign_in =
      !view.people.empty() && !view.is_locked && input.pin.size() >= ui::shortest_pin;
  view.why_not = view.is_locked ? view.message : std::string(words("A PIN has 4 to 12 digits."));
}

}  // namespace

Questions wants(const Scene&, const SignInInput&) {
  return {};
}

SignInView present(const Scene& scene, const SignInInput& input) {
  const Words& words = scene.words;
  const Language language = words.language();
  const core::Settings& settings = scene.till.settings;
  SignInView view;
  view.logo = shop_logo(scene);
  view.shop = settings.shop.name;
  view.strip_till = words.fill("Till {}", {settings.till.id});
  view.till = view.strip_till + " · " + long_day_text(scene.now, language);
  view.date = day_text(scene.now, language);
  view.time = time_text(scene.now);
  view.help_word = scene.words("Help");
  for (const StripView& lamp : lamps(scene)) {
    view.devices.push_back({lamp.word, lamp.icon, lamp.state});
  }
  view.question = words("Who is selling?");
  add_people(scene, input, view);
  for (const Language each : languages) {
    view.languages.push_back({std::string(name_of(each)), each == language});
  }
  view.entered = static_cast<int>(input.pin.size());
  view.clear = words("Clear");
  view.sign_in = words("Sign in");
  if (settings.till.lock_after_minutes > 0) {
    view.hint = words.fill("After {} minute without input the till locks.",
                           "After {} minutes without input the till locks.",
                           settings.till.lock_after_minutes);
  }
  add_message(scene, input, view);
  return view;
}

Reaction react(const SignInTap& tap, const Scene& scene, SignInInput& input) {
  switch (tap.kind) {
    case SignInTap::Kind::none:
      return {};
    case SignInTap::Kind::person:
      input.cashier = scene.till.staff[static_cast<std::size_t>(tap.index)].row;
      input.pin.clear();
      input.is_sent = false;
      return {};
    case SignInTap::Kind::key:
      return key_in(tap.key, input.pin, scene.words);
    case SignInTap::Kind::language: {
      Reaction reaction;
      reaction.language = languages[static_cast<std::size_t>(tap.index)];
      return reaction;
    }
    case SignInTap::Kind::help:
      return ask_for_help();
    case SignInTap::Kind::sign_in:
      break;
  }
  const std::int64_t who = present(scene, input).chosen.row;
  Reaction reaction = say(core::SignIn{who, input.pin});
  input.cashier = who;
  input.pin.clear();
  input.is_sent = true;
  return reaction;
}

Reaction run(ui::Ui& ui, const Scene& scene, SignInInput& input) {
  if (input.is_sent && scene.till.cashier && scene.till.cashier->row == input.cashier) {
    input = {.cashier = input.cashier};
    // The first start goes on with whoever has just been given a PIN.
    const bool is_set_up = scene.till.settings.setup.wizard == "off";
    return show(is_set_up ? Screen::sell : Screen::setup);
  }
  const SignInTap tap = draw(ui, present(scene, input), input);
  return react(tap, scene, input);
}

}  // namespace pos
