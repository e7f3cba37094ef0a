#include "pos/screens/settings/signing_sheet.h"

#include <algorithm>

#include "core/base/text.h"

namespace pos {

namespace {

using Wish = SigningWish::Kind;

struct SigningChoice {
  Wish wish;
  std::string title, second;
  std::vector<SigningSecret> secrets;
};

std::vector<SigningChoice> choices_for(const Scene& scene) {
  using Secret = SigningSecret;
  const Words& words = scene.words;
  const SigningFound& found = scene.devices.signing_found;
  const auto choice = [&](Wish wish, const char* title, const char* second,
                          std::vector<Secret> secrets) {
    return SigningChoice{wish, std::string(words(title)), std::string(words(second)),
                         std::move(secrets)};
  };
  if (scene.till.settings.fiscal.device == "fiskaly") {
    return {choice(Wish::keep_keys, "Enter API key and secret",
                   "From the dashboard of fiskaly; first of all",
                   {Secret::api_key, Secret::api_secret}),
            choice(Wish::set_up, "Make the TSE and register this till",
                   "You choose its admin PIN; its PUK is shown once", {Secret::admin_pin}),
            choice(Wish::unblock, "Set a new PIN with the PUK", "Where the PIN is lost or blocked",
                   {Secret::puk, Secret::admin_pin})};
  }
  if (found.is_new) {
    return {choice(Wish::set_up, "Set it up for the first time",
                   "You choose its PUK and its two PINs: keep them in a safe place",
                   {Secret::puk, Secret::admin_pin, Secret::time_admin_pin})};
  }
  return {choice(Wish::set_up, "Enter its PINs",
                 "It was set up before: self-test, time and this till follow",
                 {Secret::admin_pin, Secret::time_admin_pin}),
          choice(Wish::unblock, "Set new PINs with the PUK", "Where a PIN is lost or blocked",
                 {Secret::puk, Secret::admin_pin, Secret::time_admin_pin})};
}

bool is_fiskaly(const Scene& scene) {
  return scene.till.settings.fiscal.device == "fiskaly";
}

bool is_key(SigningSecret secret) {
  return secret == SigningSecret::api_key || secret == SigningSecret::api_secret;
}

std::string name_of(SigningSecret secret, const Words& words) {
  switch (secret) {
    case SigningSecret::puk:
      return std::string(words("PUK"));
    case SigningSecret::admin_pin:
      return std::string(words("Admin PIN"));
    case SigningSecret::time_admin_pin:
      return std::string(words("Time admin PIN"));
    case SigningSecret::api_key:
      return std::string(words("API key"));
    case SigningSecret::api_secret:
      return std::string(words("API secret"));
  }
  return "";
}

// Why it cannot be one; empty: it can.
std::string objection(const Scene& scene, SigningSecret secret, const std::string& text) {
  const Words& words = scene.words;
  if (text.empty()) return std::string(words("This must not be empty."));
  if (is_key(secret)) return "";
  if (is_fiskaly(scene)) {
    constexpr std::size_t shortest = 6;
    if (secret == SigningSecret::puk || text.size() >= shortest) return "";
    return std::string(words("The admin PIN at fiskaly needs at least six characters."));
  }
  const std::size_t digits = secret == SigningSecret::puk ? 6 : 5;
  const bool fits = text.size() == digits &&
                    std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (fits) return "";
  return std::string(words("A PUK has six digits, a PIN of the TSE five."));
}

std::string explained(const Scene& scene, const SigningSheetInput& input) {
  const Words& words = scene.words;
  if (input.was_different) {
    return std::string(words("The two were not the same: please type it again."));
  }
  if (input.is_again) return std::string(words("Once more, so that no slip of a finger stays."));
  if (input.secrets[input.at] == SigningSecret::puk) {
    return std::string(
        words("The PUK is kept nowhere by the till: keep it in a safe place. One that is wrong too "
              "often ends the device for ever."));
  }
  return std::string(
      words("It is kept in a file that only the till may read, never in the database."));
}

TextSheetView text_of(const Scene& scene, const SigningSheetInput& input) {
  const Words& words = scene.words;
  const SigningSecret secret = input.secrets[input.at];
  TextSheetView view;
  view.title = name_of(secret, words);
  view.explained = explained(scene, input);
  view.confirm = words.with("button", "Next");
  view.close = words("Cancel");
  view.layout = layout_of(words);
  const bool has_digits = !is_fiskaly(scene);
  view.kind = has_digits ? ui::KeyboardKind::number : ui::KeyboardKind::email;
  view.is_secret = true;
  view.most_bytes = is_key(secret) ? 300 : 40;
  view.why_not = objection(scene, secret, std::string(core::trim(input.face.text.value)));
  view.can_confirm = view.why_not.empty();
  return view;
}

void add_look(ConnectView& view, const Scene& scene) {
  const Words& words = scene.words;
  const SigningFound& found = scene.devices.signing_found;
  view.icon = ui::icons::verified_user;
  if (found.state == TrialState::running || found.state == TrialState::none) {
    view.words = words("Looking for the security device …");
    view.second = words("This takes a few seconds.");
    return;
  }
  const bool is_good = found.state == TrialState::good;
  view.again = words("Look again");
  view.state = is_good ? ui::State::ok : ui::State::bad;
  // What fiskaly wants first is typed here.
  if (is_good || is_fiskaly(scene)) view.use = words.with("button", "Next");
  if (!is_good) {
    view.icon = ui::icons::error;
    view.words = words("The security device does not answer as it should");
    view.second = words(found.words);
    if (view.use.empty()) view.close = words("Close");
    return;
  }
  view.words = words(found.is_new ? "A security device that is not set up yet"
                                  : "A security device that was set up before");
  view.found = {words.fill("Device: {}", {found.maker}), words.fill("Serial: {}", {found.serial})};
}

void add_end(ConnectView& view, const Scene& scene, const SigningSheetInput& input) {
  const Words& words = scene.words;
  const SigningFound& found = scene.devices.signing_found;
  view.icon = ui::icons::verified_user;
  if (found.state == TrialState::running || found.state == TrialState::none) {
    view.words = words("Setting up the security device …");
    view.second = words("Self-test, time and registration of this till take up to two minutes.");
    return;
  }
  const bool is_good = found.state == TrialState::good;
  view.state = is_good ? ui::State::ok : ui::State::bad;
  if (is_good) {
    view.words = words(input.wish.kind == Wish::keep_keys ? "The key and the secret are kept"
                                                          : "The security device is ready");
    view.close = words("Done");
  } else {
    view.icon = ui::icons::error;
    view.words = words("The security device could not be set up");
    view.second = words(found.words);
    view.again = words("Type again");
    view.close = words("Close");
  }
  if (!found.serial.empty()) view.found.push_back(words.fill("Serial: {}", {found.serial}));
  if (!found.puk.empty()) {
    view.found.push_back(words.fill(
        "PUK of the new TSE, which is shown now and never again: {}. Please write it down.",
        {found.puk}));
  }
}

Reaction ask(const SigningWish& wish) {
  Reaction reaction;
  reaction.signing = wish;
  return reaction;
}

std::string& place_of(SigningSecret secret, SigningWish& wish) {
  switch (secret) {
    case SigningSecret::puk:
      return wish.setup.puk;
    case SigningSecret::admin_pin:
      return wish.setup.admin_pin;
    case SigningSecret::time_admin_pin:
      return wish.setup.time_admin_pin;
    case SigningSecret::api_key:
      return wish.api_key;
    case SigningSecret::api_secret:
      break;
  }
  return wish.api_secret;
}

void begin_typing(SigningSheetInput& input) {
  input.step = SigningSheetStep::type;
  input.at = 0;
  input.is_again = input.was_different = false;
  input.first.clear();
  input.face.text = {};
}

SheetResult take_text(SigningSheetInput& input) {
  std::string text(core::trim(input.face.text.value));
  input.face.text = {};
  input.was_different = false;
  if (!input.is_again) {
    input.first = std::move(text);
    input.is_again = true;
    return {};
  }
  input.is_again = false;
  if (text != input.first) {
    input.was_different = true;
    return {};
  }
  place_of(input.secrets[input.at], input.wish) = std::move(text);
  input.first.clear();
  if (++input.at < input.secrets.size()) return {};
  input.step = SigningSheetStep::run;
  SheetResult result{ask(input.wish), false};
  input.wish = {input.wish.kind, {}, {}, {}};  // nothing typed stays here
  return result;
}

}  // namespace

OpenedSigningSheet open_signing_sheet() {
  return {{}, ask({})};
}

ConnectView present(const Scene& scene, const SigningSheetInput& input) {
  const Words& words = scene.words;
  ConnectView view;
  view.title = words("Set up the security device");
  view.cancel = words("Close");
  view.steps = 4;
  view.step = 1 + static_cast<int>(input.step);
  switch (input.step) {
    case SigningSheetStep::look:
      add_look(view, scene);
      break;
    case SigningSheetStep::choose:
      for (const SigningChoice& choice : choices_for(scene)) {
        view.kinds.push_back({choice.title, choice.title, choice.second, ui::icons::verified_user});
      }
      break;
    case SigningSheetStep::type:
      view.text = text_of(scene, input);
      break;
    case SigningSheetStep::run:
      add_end(view, scene, input);
      break;
  }
  return view;
}

SheetResult react(const ConnectTap& tap, const Scene& scene, SigningSheetInput& input) {
  using Kind = ConnectTap::Kind;
  switch (tap.kind) {
    case Kind::none:
    case Kind::back:
      return {};
    case Kind::again:
      if (input.step == SigningSheetStep::look) return {ask({}), false};
      begin_typing(input);
      return {};
    case Kind::use:
      input.step = SigningSheetStep::choose;
      return {};
    case Kind::choose: {
      SigningChoice choice = choices_for(scene)[tap.index];
      input.wish = {choice.wish, {}, {}, {}};
      input.secrets = std::move(choice.secrets);
      begin_typing(input);
      return {};
    }
    case Kind::confirm:
      return take_text(input);
    case Kind::close:
      // Nothing that was typed outlives the sheet.
      return close_sheet();
  }
  return {};
}

}  // namespace pos
