#include "pos/screens/cards/card_unknown.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

std::string waited(const Scene& scene, core::Instant since) {
  const auto seconds = std::max<std::int64_t>(
      0, std::chrono::duration_cast<std::chrono::seconds>(scene.instant - since).count());
  if (seconds < 60) return scene.words.fill("{} s", {std::to_string(seconds)});
  if (seconds < 3600) {
    return scene.words.fill("{0} min {1} s",
                            {std::to_string(seconds / 60), std::to_string(seconds % 60)});
  }
  return scene.words.fill("{0} h {1} min",
                          {std::to_string(seconds / 3600), std::to_string(seconds / 60 % 60)});
}

core::Instant lost_at(const CardLog& log, const core::CardAttempt& attempt) {
  for (const CardEvent& event : log.events) {
    if (event.kind == CardEvent::Kind::lost) return event.at;
  }
  return attempt.started;
}

std::vector<CardUnknownView::Fact> facts(const Scene& scene, const CardLog& log) {
  const core::CardAttempt& attempt = *scene.till.attempt;
  const Words& words = scene.words;
  const bool simulated = scene.till.settings.terminal.kind == "simulated";
  return {
      {std::string(words("Started")), clock_text(scene, attempt.started)},
      {std::string(words("Waiting since")), waited(scene, lost_at(log, attempt))},
      {std::string(words("Terminal")),
       simulated || attempt.terminal.empty()
           ? std::string(words(simulated ? "Simulated" : "Connected"))
           : attempt.terminal},
      {std::string(words("Asked again")), words.fill("{} time", "{} times", attempt.asked)},
  };
}

// What was reached before the answer was missing: the request, at most two
// steps that the terminal reported, and the gap.
std::vector<CardUnknownView::Phase> phases(const Scene& scene, const CardLog& log) {
  const core::CardAttempt& attempt = *scene.till.attempt;
  std::vector<CardUnknownView::Phase> all;
  for (const CardEvent& event : log.events) {
    if (event.kind == CardEvent::Kind::progress) {
      all.push_back({std::string(scene.words(event.words)), clock_text(scene, event.at)});
    }
  }
  if (all.size() > 2) all.erase(all.begin(), all.end() - 2);
  all.insert(all.begin(),
             {std::string(scene.words("Requested")), clock_text(scene, attempt.started), false});
  all.push_back({std::string(scene.words("Answer missing")),
                 scene.words.fill("since {}", {clock_text(scene, lost_at(log, attempt))}), true});
  return all;
}

std::string order_line(const Scene& scene) {
  const core::Order& order = scene.till.order;
  std::string line = order.number.empty() ? std::string(scene.words("Open sale"))
                                          : scene.words.fill("Sale {}", {order.number});
  if (!order.customer.name.empty()) line += " · " + order.customer.name;
  return line;
}

}  // namespace

TextSheetView reason_sheet(const Scene& scene, const core::CardAttempt& attempt,
                           core::CardVerdict verdict, const TextSheetInput& reason) {
  const Words& words = scene.words;
  const bool is_paid = verdict == core::CardVerdict::paid;
  TextSheetView sheet;
  sheet.title = words(is_paid ? "Book it as paid" : "Book it as not paid");
  sheet.explained = words("The reason goes into the journal with your name.");
  sheet.placeholder = words("How do you know?");
  sheet.confirm = words(is_paid ? "Paid" : "Not paid");
  sheet.close = words("Close");
  const std::vector<const char*> ready =
      is_paid ? std::vector<const char*>{"Merchant slip seen", "Terminal shows “paid”",
                                         "Bank app shows it"}
              : std::vector<const char*>{"Terminal shows “cancelled”", "No slip, no booking",
                                         "Customer left the card out"};
  for (const char* word : ready) sheet.ready.emplace_back(words(word));
  if (is_paid && attempt.alike) sheet.ready.front() = present_lookalike(scene, attempt).slip;
  sheet.layout = layout_of(words);
  sheet.can_confirm = !core::trim(reason.value).empty();
  sheet.why_not = words("Please give a reason.");
  return sheet;
}

CardUnknownView present(const Scene& scene, const CardUnknownInput& input) {
  const Words& words = scene.words;
  CardUnknownView view;
  view.title = words("Card payment unclear");
  view.second = words("No answer from the terminal. Do not collect again.");
  view.label = words("Card");
  view.order = order_line(scene);
  const core::CardAttempt& attempt = *scene.till.attempt;
  view.amount = money_text(attempt.amount, words.language());
  view.facts = facts(scene, input.log);
  view.phases = phases(scene, input.log);
  view.ask = words("Ask the terminal");
  view.ask_second = words("reads the last payment, books nothing");
  view.decide = words("Or decide yourself, with a reason and a manager's PIN:");
  view.paid = words("Paid");
  view.paid_second = words("Merchant slip: “approved”");
  if (const core::Money part = paid_if_decided(attempt); part < attempt.amount) {
    view.paid_second = words.fill("The terminal named {}", {money_text(part, words.language())});
  }
  view.not_paid = words("Not paid");
  view.not_paid_second = words("Terminal: “cancelled”");
  if (attempt.alike) {
    view.alike = present_lookalike(scene, attempt);
    view.second = words("Somebody else may have paid this amount there: look at the slip.");
    view.paid_second = view.alike->slip;
    view.not_paid_second = words("No slip with these numbers");
  }
  view.later = words("Clear up later");
  view.reassurance = words(
      "The sale is saved. Until this is decided, it can neither be paid otherwise, parked nor "
      "voided; nothing is charged twice.");
  view.how = words("How to find out");
  view.steps = {{std::string(words("Look at the terminal")),
                 std::string(words("Does it say “payment approved”?"))},
                {std::string(words("Look for the terminal's slip")),
                 std::string(words("It names the amount and a receipt number."))},
                {std::string(words("Ask the customer")),
                 std::string(words("A message of the banking app on the phone?"))}};
  view.close = words("Close");
  view.what_happened = words("What happened");
  view.saved = words("Saved");
  view.events = shown(scene, input.log);
  if (input.verdict) view.reason = reason_sheet(scene, attempt, *input.verdict, input.reason);
  return view;
}

Reaction react(CardUnknownTap tap, const Scene& scene, CardUnknownInput& input) {
  if (!scene.till.attempt) return {};
  const core::AttemptId attempt = scene.till.attempt->id;
  switch (tap) {
    case CardUnknownTap::none:
      return {};
    case CardUnknownTap::ask:
      return say(core::AskTerminal{attempt});
    case CardUnknownTap::paid:
      input.verdict = core::CardVerdict::paid;
      input.reason = {};
      return {};
    case CardUnknownTap::not_paid:
      input.verdict = core::CardVerdict::not_paid;
      input.reason = {};
      return {};
    case CardUnknownTap::later: {
      // The register puts its order aside; the next customer is served.
      Reaction reaction = say(core::PutOffCard{attempt});
      reaction.go = Screen::sell;
      return reaction;
    }
    case CardUnknownTap::help:
    case CardUnknownTap::close_help:
      input.shows_help = tap == CardUnknownTap::help;
      return {};
    case CardUnknownTap::dismiss_reason:
      input.verdict.reset();
      return {};
    case CardUnknownTap::confirm_reason: {
      if (!input.verdict) return {};
      const core::CardVerdict verdict = *input.verdict;
      input.verdict.reset();
      return say(core::ResolveCard{attempt, verdict, std::string(core::trim(input.reason.value))});
    }
  }
  return {};
}

}  // namespace pos
