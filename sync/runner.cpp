#include "sync/runner.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "core/orders/exchange.h"
#include "core/orders/receive.h"
#include "core/store/article_store.h"
#include "core/store/aside_store.h"
#include "core/store/intents.h"
#include "core/store/order_store.h"
#include "core/store/upstream_store.h"

namespace syncing {

namespace {

// Of those that are open here, so many may be looked at again with a pull.
constexpr std::int64_t orders_looked_at = 5000;
constexpr std::size_t most_read_again = 500;

std::string in_words(const core::Refusal& why) {
  return why.detail.empty() ? why.text : fmt::format("{} ({})", why.text, why.detail);
}

template <class T>
std::vector<std::vector<T>> chunks(std::vector<T> list, std::ptrdiff_t most) {
  std::vector<std::vector<T>> all;
  for (auto at = list.begin(); at != list.end();) {
    const auto end = at + std::min(most, list.end() - at);
    all.emplace_back(std::move_iterator(at), std::move_iterator(end));
    at = end;
  }
  return all;
}

// A page of the catalogue in transactions so short that a tap between two of
// them is not late. Stock follows the products that it is of, and how far the
// pull has come is kept with the last: what comes again changes nothing.
std::deque<core::ReceiveCatalogue> in_parts(Upstream::Pulled pulled) {
  constexpr std::ptrdiff_t products_at_once = 50, rows_at_once = 200;
  std::deque<core::ReceiveCatalogue> parts;
  core::PulledCatalogue& catalogue = pulled.catalogue;
  for (auto& some : chunks(std::move(catalogue.products), products_at_once)) {
    parts.emplace_back().catalogue.products = std::move(some);
  }
  for (auto& some : chunks(std::move(catalogue.removed), products_at_once)) {
    parts.emplace_back().catalogue.removed = std::move(some);
  }
  for (auto& some : chunks(std::move(catalogue.stock), rows_at_once)) {
    parts.emplace_back().catalogue.stock = std::move(some);
  }
  for (auto& some : chunks(std::move(pulled.customers), rows_at_once)) {
    parts.emplace_back().customers = std::move(some);
  }
  if (parts.empty() && !pulled.cursors.empty()) parts.emplace_back();
  if (!parts.empty()) parts.back().cursors = std::move(pulled.cursors);
  return parts;
}

}  // namespace

Runner::Runner(core::Database& reader, RunnerParts parts)
    : reader_(reader),
      parts_(std::move(parts)),
      planner_(parts_.habits, parts_.seed),
      last_order_before_(core::last_order_row(reader)) {
  // An order that may have been there is looked for.
  if (!reader_.ok()) last_order_before_ = std::numeric_limits<std::int64_t>::max();
}

void Runner::look(core::Instant now) {
  reader_.forget_error();
  Due due;
  if (parts_.upstream) {
    constexpr auto way = core::OutboxWay::upstream;
    due.pushes = core::due_outbox(reader_, way, now, planner_.rows_worth_seeing(way));
  }
  if (parts_.mailer) {
    constexpr auto way = core::OutboxWay::mail;
    due.mails = core::due_outbox(reader_, way, now, planner_.rows_worth_seeing(way));
  }
  due.next_due = core::next_due(reader_, now);
  // What could not be read is read at the next step.
  if (reader_.ok()) planner_.see(std::move(due), now);
}

Step Runner::step(core::Instant now) {
  Step step;
  const bool is_woken = woken_.exchange(false);
  if (is_woken) planner_.wake();
  parts_.transfers->perform();
  if (!refused_.empty()) {
    step.commands.emplace_back(
        core::NotePutAside{parts_.upstream_kind, std::exchange(refused_, {})});
  }
  settle_offered();
  collect(now, step);
  if (is_woken || planner_.wants_to_see(now)) look(now);
  bool acted = false;
  for (;;) {
    const Action action = planner_.next_action(now);
    if (const auto* wait = std::get_if<WaitUntil>(&action)) {
      step.next = wait->at;
      break;
    }
    acted = true;
    if (const auto* push = std::get_if<Push>(&action)) begin(*push, now);
    if (const auto* mail = std::get_if<Mail>(&action)) begin(*mail, now);
    if (std::holds_alternative<Pull>(action)) {
      begin_pull(now);
    }
    collect(now, step);
  }
  if (acted) parts_.transfers->perform();
  if (!answers_.empty()) {
    step.commands.emplace_back(core::OutboxAnswered{std::exchange(answers_, {})});
  }
  step.idle = step.commands.empty() && planner_.is_idle();
  return step;
}

void Runner::begin_pull(core::Instant now) {
  if (!parts_.upstream) return planner_.pull_done(now, false);
  told_meanwhile_.clear();
  for (const auto& [row, told] : on_their_way_) told_meanwhile_.insert(told.order);
  std::vector<std::string> wanted(to_read_again_.begin(), to_read_again_.end());
  for (std::string& id : core::open_upstream_orders(reader_, orders_looked_at)) {
    if (!to_read_again_.contains(id)) wanted.push_back(std::move(id));
  }
  PullFrom from{now, core::cursors(reader_), std::move(wanted)};
  for (core::AsideRow& row : core::put_aside(reader_)) {
    const bool is_its = row.source == parts_.upstream_kind && row.is_wanted;
    if (is_its) from.again.push_back(std::move(row.what));
  }
  tries_aside_ = !from.again.empty();
  parts_.upstream->begin_pull(from);
}

// An order that came after this runner, and that it has never begun to push: no
// earlier run, killed before it was answered, can have told of it.
bool Runner::is_unheard_of(const core::OutboxRow& row) {
  if (row.order_row <= last_order_before_) return false;
  return told_.insert(row.order_row).second && row.kind == core::OutboxKind::push_order;
}

void Runner::begin(const Push& push, core::Instant now) {
  std::vector<Job> jobs;
  for (const core::OutboxRow& row : push.rows) {
    // It may have been withdrawn since it was seen.
    const bool is_there = core::load_outbox(reader_, row.row).has_value();
    if (row.kind == core::OutboxKind::adjust_stock) {
      auto change = is_there ? core::load_stock_change(reader_, row.stock_move) : std::nullopt;
      if (!change) {
        note(row.row, again("The stock could not be read."), now);
        continue;
      }
      Job job{.row = row.row, .order = {}, .kind = row.kind, .key = row.key};
      job.stock = std::move(change);
      jobs.push_back(std::move(job));
      continue;
    }
    auto order = is_there ? core::load_order(reader_, row.order_row) : std::nullopt;
    if (order) {
      Job job{row.row,
              core::as_sale(core::order_for(reader_, row, *order)),
              row.kind,
              row.key,
              row.subject,
              row.amount,
              row.note,
              row.restock,
              {},
              is_unheard_of(row),
              core::anchor_of_order(reader_, row.order_row, row.version)};
      for (const core::LineItem& line : job.order.lines) {
        job.variants.push_back(core::upstream_variant(reader_, line.variant));
      }
      if (order->channel != "till" && row.kind != core::OutboxKind::push_order) {
        on_their_way_[row.row] = {order->id, order->upstream_id};
        told_meanwhile_.insert(order->id);
      }
      jobs.push_back(std::move(job));
    } else {
      note(row.row, again("The order could not be read."), now);
    }
  }
  parts_.upstream->begin(std::move(jobs));
}

void Runner::begin(const Mail& mail, core::Instant now) {
  const core::OutboxRow& row = mail.row;
  const auto answer = [&](const Answer& what) { note(row.row, what, now); };
  const auto content = parts_.mail_body(reader_, row);
  if (!reader_.ok()) return answer(again("The receipt could not be read."));
  if (!core::load_outbox(reader_, row.row)) return answer(again("It was withdrawn."));
  if (!content) return answer(refused("There is no receipt for this mail."));
  auto bytes = message({parts_.mail_from, row.recipient, row.created, row.key}, *content);
  if (!bytes) return answer(refused(bytes.error()));
  parts_.mailer->begin({row.row, row.key, parts_.mail_from, row.recipient, std::move(*bytes)});
}

void Runner::note(std::int64_t row, const Answer& answer, core::Instant now) {
  if (auto told = planner_.row_done(row, answer, now)) answers_.push_back(std::move(*told));
  const auto at = on_their_way_.find(row);
  if (at == on_their_way_.end()) return;
  if (answer.fate != core::OutboxFate::again) {
    if (to_read_again_.size() < most_read_again) to_read_again_.insert(at->second.upstream_id);
    reads_again_ = true;
    planner_.pull_soon();
  }
  on_their_way_.erase(at);
}

void Runner::collect(core::Instant now, Step& step) {
  std::vector<RowAnswer> answers;
  if (parts_.upstream) answers = parts_.upstream->answers();
  if (parts_.mailer) {
    for (RowAnswer& answer : parts_.mailer->answers()) {
      last_mail_ = {now, answer.answer.reason};
      answers.push_back(std::move(answer));
    }
  }
  for (const RowAnswer& answer : answers) {
    note(answer.row, answer.answer, now);
  }
  collect_pulled(now, step);
}

void Runner::collect_pulled(core::Instant now, Step& step) {
  if (taking_) return go_on_taking(now, step);
  auto pulled = parts_.upstream ? parts_.upstream->pulled() : std::nullopt;
  if (!pulled) return;
  const bool more = pulled->more && pulled->trouble.empty();
  pull_trouble_ = std::move(pulled->trouble);
  pull_again_after_ = pulled->retry_after;
  progress_ = std::move(pulled->progress);
  if (pull_trouble_.empty()) last_contact_ = now;
  note_aside(*pulled, step);
  offered_.clear();
  for (core::Order& order : pulled->orders) {
    // It may have been read before what was told of it meanwhile.
    if (told_meanwhile_.contains(order.id)) {
      to_read_again_.insert(order.upstream_id);
      reads_again_ = true;
      continue;
    }
    to_read_again_.erase(order.upstream_id);
    order = core::made_safe(std::move(order));
    if (holds(order)) {
      not_taken_.erase(order.id);
      parts_.upstream->accept(order);
    } else {
      offered_.push_back(std::move(order));
    }
  }
  offer(step);
  taking_ = Taking{in_parts(std::move(*pulled)), more};
  go_on_taking(now, step);
}

// What has not changed is not told again.
void Runner::note_aside(Upstream::Pulled& pulled, Step& step) {
  const bool was_tried = std::exchange(tries_aside_, false) && pulled.was_tried;
  const bool is_news =
      was_tried || (pulled.aside_is_all ? pulled.aside != told_aside_ : !pulled.aside.empty());
  if (!is_news) return;
  if (pulled.aside_is_all) told_aside_ = pulled.aside;
  step.commands.emplace_back(core::NotePutAside{parts_.upstream_kind, std::move(pulled.aside),
                                                pulled.aside_is_all, was_tried});
}

// One part a step. The pull is done when the last one was not refused either:
// else the same page would be asked for again and again without a pause.
void Runner::go_on_taking(core::Instant now, Step& step) {
  if (taking_->left.empty()) {
    // The next pull begins where this one is stored to have ended, so not before that.
    if (!step.commands.empty()) return;
    if (pull_trouble_.empty()) {
      planner_.pull_done(now, taking_->more);
    } else {
      planner_.pull_failed(now, pull_again_after_);
    }
    // What is still on its way asks for it when it has arrived.
    if (reads_again_ && on_their_way_.empty() && !taking_->more) {
      reads_again_ = false;
      planner_.pull_soon();
    }
    taking_.reset();
    return;
  }
  step.commands.emplace_back(std::move(taking_->left.front()));
  taking_->left.pop_front();
}

// Many at once are few transactions; one that was among many and was not taken is
// offered alone, so that the refusal is told.
void Runner::offer(Step& step) {
  constexpr std::size_t many = 8, most = 100;
  std::vector<core::Order> together;
  const auto send = [&] {
    if (!together.empty()) step.commands.emplace_back(core::ReceiveOrders{std::move(together)});
    together.clear();
  };
  const bool is_rush = offered_.size() >= many;
  for (const core::Order& order : offered_) {
    if (!is_rush || !offered_together_.insert(order.id).second) {
      step.commands.emplace_back(core::ReceiveOrder{order});
      offered_together_.erase(order.id);
      continue;
    }
    together.push_back(order);
    if (together.size() == most) send();
  }
  send();
}

bool Runner::holds(const core::Order& order) {
  const auto known = core::find_order(reader_, order.id);
  return known && known->channel == order.channel && !core::is_news(*known, order);
}

// An order that the register has taken over since may be forgotten upstream.
void Runner::settle_offered() {
  std::erase_if(offered_, [&](const core::Order& order) {
    const bool settled = holds(order);
    if (settled) parts_.upstream->accept(order);
    if (settled) offered_together_.erase(order.id);
    if (settled) not_taken_.erase(order.id);
    return settled;
  });
}

void Runner::not_taken(const core::Command& command, const core::Refusal& why) {
  if (taking_ && command.is<core::ReceiveCatalogue>()) {
    // Without this part the place behind it must not be kept: all is pulled again.
    *taking_ = {};
  }
  const auto* received = command.as<core::ReceiveOrder>();
  if (!received || !parts_.upstream || why.kind == core::RefusalKind::not_saved) return;
  std::erase_if(offered_, [&](const core::Order& order) { return order.id == received->order.id; });
  const std::string name = parts_.upstream->refuse(received->order, in_words(why));
  refused_.push_back({name, in_words(why), received->order.placed});
  not_taken_[received->order.id] =
      fmt::format("Order {}: {}", received->order.number, in_words(why));
}

void Runner::wait(std::chrono::milliseconds at_most) {
  parts_.transfers->wait(at_most);
}

void Runner::wake() {
  woken_ = true;
  parts_.transfers->wake();
}

void run_until_idle(Runner& runner, const core::Clock& clock,
                    const std::function<core::Handled(const core::Command&)>& handle,
                    std::chrono::milliseconds patience) {
  int waits = 6;
  for (;;) {
    const Step step = runner.step(clock.now());
    for (const core::Command& command : step.commands) {
      const core::Handled handled = handle(command);
      if (!handled) runner.not_taken(command, handled.error());
    }
    if (step.idle) {
      const auto moment = runner.asked_until() - clock.now();
      if (moment <= std::chrono::milliseconds{0} || moment > patience || waits-- == 0) return;
      runner.wait(moment);
      runner.wake();
      continue;
    }
    // An answer may have made the next row of its order due: look at once.
    if (step.commands.empty()) runner.wait(std::chrono::seconds{1});
  }
}

}  // namespace syncing
