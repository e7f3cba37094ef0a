#include "pos/screens/frame/frame.h"

#include <algorithm>

#include "core/base/text.h"
#include "pos/screens/frame/approval_sheet.h"
#include "pos/screens/parts/order_words.h"
#include "pos/ui/format.h"
#include "pos/ui/shapes.h"

namespace pos {

namespace {

using ui::Rect;
namespace icons = ui::icons;

constexpr int wide_strip = 1100;  // below, the strip drops the shop's name and the date

int to_int(std::int64_t count) {
  return static_cast<int>(std::min<std::int64_t>(count, 9999));
}

std::vector<NavView> navigation(const Scene& scene, Screen here) {
  const core::Counts& counts = scene.till.counts;
  // What a shop of one's own has not settled yet.
  const bool is_own = scene.till.settings.setup.shop == "own";
  const int to_do = is_own ? static_cast<int>(open_steps(scene.till).size()) : 0;
  std::vector<NavView> entries{
      {Screen::sell, "Sell", icons::shopping_basket, 0,
       here == Screen::sell || here == Screen::tender},
      {Screen::orders, "Orders", icons::receipt_long, to_int(counts.new_orders),
       here == Screen::orders || here == Screen::order},
      {Screen::customers, "Customers", icons::people, 0, here == Screen::customers},
      {Screen::shift, "Shift", icons::point_of_sale, 0, here == Screen::shift},
      {Screen::outbox, "Sync", icons::cloud_sync, to_int(counts.outbox_stuck + counts.put_aside),
       here == Screen::outbox},
      {Screen::reports, "Reports", icons::insert_chart, 0, here == Screen::reports},
      {Screen::settings, "Settings", icons::settings, to_do, here == Screen::settings}};
  for (NavView& entry : entries) entry.word = scene.words(entry.word);
  return entries;
}

std::string moment_text(const Scene& scene, core::Instant instant) {
  const auto time = core::local_time(instant, scene.till.settings.shop.time_zone);
  return date_text(time, scene.words.language()) + " " + time_text(time);
}

// What the clock is, what it should be, and who says so.
BannerView clock_banner(const Scene& scene, const core::ClockDoubt& doubt) {
  const std::string now = moment_text(scene, scene.instant);
  const std::string says = moment_text(scene, doubt.says);
  const auto words = [&](std::string_view english) {
    return scene.words.fill(english, {now, says});
  };
  BannerView view{Trouble::clock, "", std::string(scene.words("The clock is right")),
                  doubt.is_grave ? ui::State::bad : ui::State::warn};
  switch (doubt.witness) {
    case core::ClockWitness::program:
      view.words = words("The clock says {}. It cannot be before {}: please set it.");
      break;
    case core::ClockWitness::last_receipt:
      view.words = words("The clock says {}, the last receipt is of {}. Is it right?");
      break;
    case core::ClockWitness::platform:
      view.words = words("The clock says {}, the platform's {}. Please set it.");
      break;
    case core::ClockWitness::terminal:
      view.words = words("The clock says {}, the card terminal's {}. Please set it.");
      break;
    case core::ClockWitness::signing_device:
      view.words = words("The clock says {}, the security device's {}. Please set it.");
      break;
  }
  return view;
}

BannerView guesses_banner(const Scene& scene) {
  std::string names;
  for (const core::PinGuesses& guesses : scene.till.guesses) {
    if (!names.empty()) names += ", ";
    names += scene.words.fill("{}: {}, last {}", {guesses.name, std::to_string(guesses.count),
                                                  moment_text(scene, guesses.last)});
  }
  return {Trouble::guesses, scene.words.fill("Wrong PINs were tried. {}", {names}),
          std::string(scene.words("Read")), ui::State::warn};
}

// The receipts say it as well (AEAO to section 146a AO, no. 1.14).
BannerView signing_banner(const Scene& scene) {
  const core::SigningView& signing = scene.till.signing;
  const std::string show(scene.words("Show"));
  if (!signing.needs_device.empty()) {
    return {Trouble::signing, std::string(scene.words(signing.needs_device)), show, ui::State::bad};
  }
  if (!signing.outage) return {};
  return {Trouble::signing,
          scene.words.fill("TSE out of order since {}: {} Selling goes on.",
                           {moment_text(scene, signing.outage->began),
                            std::string(scene.words(signing.outage->reason))}),
          show, ui::State::bad};
}

// The worst trouble there is: only one banner at a time.
BannerView trouble(const Scene& scene) {
  const core::Snapshot& till = scene.till;
  if (till.not_saved) {
    const char* words = till.is_unclear
                            ? "Unclear whether it was saved: {} Please note it, and call for help."
                            : "Not saved: {} Nothing is lost; please call for help.";
    return {Trouble::not_saved,
            scene.words.fill(words, {reason_text(*till.not_saved, scene.words)}), "",
            ui::State::bad};
  }
  if (scene.nobody_can_work != nullptr) {
    return {Trouble::no_hands, std::string(scene.words(scene.nobody_can_work)), "", ui::State::bad};
  }
  if (till.attempt && till.attempt->phase == core::CardPhase::unknown) {
    return {Trouble::card,
            scene.words.fill("Card payment of {} is unclear.",
                             {money_text(till.attempt->amount, scene.words.language())}),
            std::string(scene.words("Clear up")), ui::State::warn};
  }
  if (BannerView signing = signing_banner(scene); signing.trouble != Trouble::none) {
    return signing;
  }
  if (till.clock_doubt) return clock_banner(scene, *till.clock_doubt);
  if (!till.guesses.empty()) return guesses_banner(scene);
  const std::int64_t waiting = till.counts.prints_waiting;
  if (waiting > 0 && !till.counts.print_trouble.empty()) {
    return {Trouble::print,
            std::string(scene.words(till.counts.print_trouble)) + " " +
                scene.words.fill("{} receipt waits.", "{} receipts wait.", waiting),
            std::string(scene.words("Show")), ui::State::warn};
  }
  if (till.counts.put_aside > 0) {
    return {Trouble::aside,
            scene.words.fill("{} thing from outside could not be taken:",
                             "{} things from outside could not be taken:", till.counts.put_aside) +
                " " + till.counts.aside_name,
            std::string(scene.words("Show")), ui::State::bad};
  }
  if (scene.devices.backup.state == ui::State::bad) {
    return {Trouble::backup,
            scene.words.fill("No backup was made: {}",
                             {std::string(scene.words(scene.devices.backup.words))}),
            std::string(scene.words("Show")), ui::State::warn};
  }
  return {};
}

}  // namespace

void tell(FrameInput& input, std::string words, ui::State state) {
  input.toast = Toast{std::move(words), state, 0, "", {}};
}

void announce(FrameInput& input, std::string words, std::string action, Screen screen) {
  input.toast = Toast{std::move(words), ui::State::accent, 0, std::move(action), screen};
}

void ask_approval(FrameInput& input, core::Command command, std::string reason) {
  input.pending = std::move(command);
  input.reason = std::move(reason);
  input.pin.clear();
  input.is_sent = false;
  input.why_refused.clear();
}

FrameView present(const Scene& scene, const FrameInput& input, Screen here) {
  const Language language = scene.words.language();
  const core::Settings& settings = scene.till.settings;
  FrameView view;
  view.logo = shop_logo(scene);
  view.navigation = navigation(scene, here);
  view.devices = lamps(scene);
  const bool is_wide = scene.width >= wide_strip;
  view.shop = settings.shop.name;
  view.till = is_wide ? scene.words.fill("Till {}", {settings.till.id}) : settings.till.id;
  if (scene.till.cashier) {
    if (is_wide) view.cashier = scene.till.cashier->name;
    view.initials = core::initials(scene.till.cashier->name);
    view.lock_word = scene.words("Lock");
  }
  if (is_wide) view.date = day_text(scene.now, language);
  view.time = time_text(scene.now);
  view.help_word = scene.words("Help");
  view.banner = trouble(scene);
  view.has_toast = input.toast.has_value();
  // What can wait can be put away, and comes back when it says something else.
  const auto can_wait = [&] {
    return view.banner.trouble == Trouble::print || view.banner.trouble == Trouble::aside ||
           view.banner.trouble == Trouble::backup;
  };
  if (view.banner.words == input.put_away && can_wait()) view.banner = {};
  if (can_wait()) view.close_word = scene.words("Close");
  return view;
}

Reaction show_attempt(const core::CardAttempt& attempt) {
  return attempt.kind == core::CardKind::sale ? show(Screen::tender) : show_order(attempt.order);
}

Reaction react(const FrameTap& tap, const Scene& scene, FrameInput& input) {
  switch (tap.kind) {
    case FrameTap::Kind::none:
      return {};
    case FrameTap::Kind::navigate:
      return show(tap.screen);
    case FrameTap::Kind::printer:
    case FrameTap::Kind::sync:
      return show(Screen::outbox);
    case FrameTap::Kind::signing:
      return show(Screen::settings);
    case FrameTap::Kind::terminal:
      if (!core::unresolved_attempts(scene.till).empty()) return show(Screen::unresolved);
      return scene.till.attempt ? show_attempt(*scene.till.attempt) : show(Screen::settings);
    case FrameTap::Kind::lock:
      return say(core::SignOut{});
    case FrameTap::Kind::help:
      return ask_for_help();
    case FrameTap::Kind::banner:
      if (trouble(scene).trouble == Trouble::clock) return say(core::TrustClock{});
      if (trouble(scene).trouble == Trouble::guesses) return say(core::NoteGuesses{});
      if (trouble(scene).trouble == Trouble::signing) return show(Screen::settings);
      if (trouble(scene).trouble == Trouble::backup) return show(Screen::settings);
      return scene.till.attempt ? show_attempt(*scene.till.attempt) : show(Screen::outbox);
    case FrameTap::Kind::put_away:
      input.put_away = trouble(scene).words;
      return {};
  }
  return {};
}

Reaction run(ui::Ui& ui, const Scene& scene, FrameInput& input, Screen here) {
  const FrameTap tap = draw(ui, present(scene, input, here));
  input.strip_begin = tap.strip_begin;
  input.strip_end = tap.strip_end;
  return react(tap, scene, input);
}

Reaction run_above(ui::Ui& ui, const Scene& scene, FrameInput& input) {
  Reaction reaction;
  if (input.pending) reaction = run_approval(ui, scene, input);
  if (!input.toast) return reaction;
  Toast& toast = *input.toast;
  // About 15 letters a second can be read at a glance.
  if (toast.until <= 0)
    toast.until = ui.seconds() + 3 + static_cast<double>(toast.words.size()) / 15;
  // Its place is the status strip, between banner and cashier: it covers nothing of the
  // page. A sheet that reaches into the strip keeps its title.
  const bool is_alone = scene.till.needs_sign_in || input.strip_end == 0;
  const int end = is_alone ? ui.width() : input.strip_end;
  const Rect title = ui.sheet_title();
  const bool is_under = title.w > 0 && title.y < ui::measure::strip && title.right() < end - 240;
  const int left = std::max(is_alone ? 0 : input.strip_begin, is_under ? title.right() + 16 : 0);
  const Rect place{left, 0, end - left, ui::measure::strip};
  const ui::NoticeTap tap =
      ui::toast(ui, place,
                {.words = toast.words,
                 .action = toast.action,
                 .state = toast.state,
                 .icon = toast.action.empty() ? icons::none : icons::notifications_active,
                 .close_word = scene.words("Close")});
  if (tap == ui::NoticeTap::action) reaction.go = toast.screen;
  if (tap != ui::NoticeTap::none || ui.seconds() >= toast.until) input.toast.reset();
  return reaction;
}

}  // namespace pos
