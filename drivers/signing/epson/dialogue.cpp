#include "drivers/signing/epson/dialogue.h"

#include <algorithm>
#include <random>

#include "drivers/signing/epson/errors.h"

namespace drivers::epson {

namespace {

using Steady = std::chrono::steady_clock;

// With less time left nobody could answer.
constexpr Milliseconds shortest_try{5};

Milliseconds time_left(Steady::time_point until) {
  return std::max(Milliseconds{0}, std::chrono::duration_cast<Milliseconds>(until - Steady::now()));
}

SigningFailure not_reached(LinkError error) {
  const std::string code(word(error));
  switch (error) {
    case LinkError::missing:
      return {SigningFault::unreachable,
              "The TSE's address is not known in this network: check the address.", code};
    case LinkError::no_permission:
      return {SigningFault::unreachable,
              "The certificate of the TSE's printer or server is not the one that is trusted, or "
              "the file with that cannot be read.",
              code};
    default:
      return {SigningFault::unreachable,
              "The TSE cannot be reached: check that its printer or server is switched on and in "
              "the network.",
              code};
  }
}

SigningFailure another_there() {
  return {SigningFault::unreachable,
          "Something else answers there, not a printer or server with a TSE: check address and "
          "port."};
}

SigningFailure lost(const char* what) {
  return {SigningFault::lost, "The TSE did not answer. The till asks it what became of this.",
          what};
}

}  // namespace

Dialogue::Dialogue(MakeTransport make, std::string device, DialogueTimes times)
    : make_(std::move(make)),
      device_(std::move(device)),
      times_(times),
      random_(std::random_device{}() | 1U) {}

Signing<Reply> Dialogue::call(std::string_view function, std::string_view vendor,
                              std::string_view input, Milliseconds patience) {
  const std::string json = request(function, vendor, input);
  if (json.size() > largest_request) {
    return tl::unexpected(
        SigningFailure{SigningFault::refused, "This is more than the TSE takes at once."});
  }
  const Time until = Steady::now() + patience;
  if (auto ready = get_through(until); !ready) return tl::unexpected(std::move(ready.error()));
  if (!send(operate(device_, patience, json), until)) {
    // Its end never left, so the host has nothing to carry out.
    hang_up();
    return tl::unexpected(not_reached(LinkError::cut));
  }
  auto reply = wait_for_reply(function, until);
  const bool is_lost = !reply && reply.error().fault == SigningFault::lost;
  if (is_lost) {
    give_up();
  } else {
    release();
  }
  return reply;
}

// Others need not wait for a TSE that answers us no more. The connection ends all the same:
// an answer that still comes over it is nobody's.
void Dialogue::give_up() {
  constexpr Milliseconds a_moment{500};
  const Time until = Steady::now() + std::min(a_moment, times_.to_open);
  if (transport_ && is_open_ && send(close_device(device_), until)) {
    is_open_ = !wait_for(Said::device_closed, until);
  }
  hang_up();
}

Signing<core::Done> Dialogue::get_through(Time until) {
  for (bool was_kept = transport_ != nullptr;;) {
    if (!transport_) {
      if (auto connected = connect(until); !connected) return connected;
      if (!lost_client_.empty() && take_up_lost(until)) release();
      if (!transport_) return tl::unexpected(not_reached(LinkError::cut));
    }
    const Time answer_until = std::min(until, Steady::now() + times_.to_open);
    core::Result<Message, Trouble> opened = tl::unexpected(Trouble::cut);
    if (send(open_device(device_), answer_until)) {
      opened = wait_for(Said::device_opened, answer_until);
    }
    if (!opened) {
      is_open_ = true;  // perhaps
      hang_up();
      // One that was kept since the last call may have ended long ago.
      if (!std::exchange(was_kept, false) || opened.error() != Trouble::cut) {
        return tl::unexpected(opened.error() == Trouble::noise
                                  ? another_there()
                                  : not_reached(opened.error() == Trouble::cut
                                                    ? LinkError::cut
                                                    : LinkError::timed_out));
      }
      continue;
    }
    if (opened->code == "OK") {
      is_open_ = true;
      waits_ = 0;
      return core::Done{};
    }
    if (opened->code != "DEVICE_IN_USE") {
      SigningFailure failure = host_failure(opened->code);
      // Nothing was asked of the TSE yet.
      if (failure.fault == SigningFault::lost) failure.fault = SigningFault::unreachable;
      return tl::unexpected(std::move(failure));
    }
    const bool goes_on = pause(std::min(random_pause(), time_left(until)));
    if (!goes_on || time_left(until) < shortest_try) {
      waits_ = 0;
      return tl::unexpected(host_failure(opened->code));
    }
  }
}

Signing<core::Done> Dialogue::connect(Time until) {
  reader_.clear();
  transport_ = make_();
  const Milliseconds patience = std::min(times_.to_connect, time_left(until));
  if (auto opened = transport_->open(patience); !opened) {
    transport_.reset();
    return tl::unexpected(not_reached(opened.error()));
  }
  ++connections_;
  const auto greeted = wait_for(Said::connected, std::min(until, Steady::now() + times_.to_open));
  if (!greeted) {
    transport_.reset();
    return tl::unexpected(greeted.error() == Trouble::noise     ? another_there()
                          : greeted.error() == Trouble::silence ? not_reached(LinkError::timed_out)
                                                                : not_reached(LinkError::cut));
  }
  client_ = greeted->client_id;
  return core::Done{};
}

// The TSE that a broken connection left open is ours again: it can be closed, and an
// answer that was under way comes again.
bool Dialogue::take_up_lost(Time until) {
  const std::string before = std::exchange(lost_client_, {});
  const Time answer_until = std::min(until, Steady::now() + times_.to_open);
  core::Result<Message, Trouble> taken = tl::unexpected(Trouble::cut);
  if (send(reconnect(before, client_, last_data_id_), answer_until)) {
    taken = wait_for(Said::reconnected, answer_until);
  }
  if (!taken) {
    hang_up();
    return false;
  }
  is_open_ = taken->code == "OK";
  return is_open_;
}

core::Result<Message, Dialogue::Trouble> Dialogue::wait_for(Said said, Time until) {
  for (;;) {
    while (const auto text = reader_.next()) {
      Message message = read_message(*text);
      if (!message.data_id.empty()) last_data_id_ = message.data_id;
      if (message.said == said) return message;
    }
    if (reader_.is_too_long()) return tl::unexpected(Trouble::noise);
    const Milliseconds left = time_left(until);
    if (left.count() == 0) {
      return tl::unexpected(reader_.is_inside() ? Trouble::noise : Trouble::silence);
    }
    const auto bytes = transport_->read(left);
    if (bytes) {
      reader_.feed(*bytes);
    } else if (bytes.error() != LinkError::timed_out) {
      return tl::unexpected(reader_.is_inside() && client_.empty() ? Trouble::noise : Trouble::cut);
    } else {
      return tl::unexpected(reader_.is_inside() ? Trouble::noise : Trouble::silence);
    }
  }
}

Signing<Reply> Dialogue::wait_for_reply(std::string_view function, Time until) {
  for (bool was_taken_up = false;;) {
    const auto message = wait_for(Said::result, until);
    if (!message) {
      const bool may_come_again = message.error() == Trouble::cut && !was_taken_up;
      if (!may_come_again) {
        return tl::unexpected(lost(message.error() == Trouble::silence ? "timed_out"
                                   : message.error() == Trouble::cut   ? "cut"
                                                                       : "unreadable"));
      }
      was_taken_up = true;
      hang_up();
      if (!connect(until) || !take_up_lost(until)) return tl::unexpected(lost("cut"));
      until = std::min(until, Steady::now() + times_.to_open);
      continue;
    }
    if (message->result.empty()) return tl::unexpected(host_failure(message->code));
    auto reply = read_reply(message->result);
    if (!reply) {
      if (message->code != "SUCCESS" && !message->code.empty()) {
        return tl::unexpected(host_failure(message->code));
      }
      return tl::unexpected(lost("unreadable"));
    }
    // One to another call is late, and nobody waits for it any more.
    if (reply->function == function || reply->function.empty()) return std::move(*reply);
  }
}

bool Dialogue::send(std::string element, Time until) {
  element += '\0';
  ByteView rest(reinterpret_cast<const std::uint8_t*>(element.data()), element.size());
  while (!rest.empty()) {
    const auto written = transport_->write(rest, time_left(until));
    if (!written) return false;
    rest = rest.subspan(*written);
  }
  return true;
}

void Dialogue::release() {
  const Time until = Steady::now() + times_.to_open;
  if (!send(close_device(device_), until) || !wait_for(Said::device_closed, until)) {
    hang_up();
    return;
  }
  is_open_ = false;
}

void Dialogue::hang_up() {
  if (is_open_) lost_client_ = client_;
  transport_.reset();
  reader_.clear();
  client_.clear();
  is_open_ = false;
}

Milliseconds Dialogue::random_pause() {
  // The longer it lasts, the more tills seem to want it.
  const auto shortest = times_.shortest_pause.count(), longest = times_.longest_pause.count();
  const auto most = std::min(longest, shortest << std::min(++waits_, 6));
  random_ ^= random_ << 13U;
  random_ ^= random_ >> 7U;
  random_ ^= random_ << 17U;
  const auto span = static_cast<std::uint64_t>(std::max<Milliseconds::rep>(most - shortest, 0)) + 1;
  return Milliseconds{shortest + static_cast<Milliseconds::rep>(random_ % span)};
}

bool Dialogue::pause(Milliseconds time) {
  std::unique_lock lock(mutex_);
  woken_.wait_for(lock, time, [&] { return is_stopped_.load(); });
  return !is_stopped_;
}

void Dialogue::request_stop() {
  {
    const std::lock_guard lock(mutex_);
    is_stopped_ = true;
  }
  woken_.notify_all();
}

}  // namespace drivers::epson
