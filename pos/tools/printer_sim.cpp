#include "pos/tools/printer_sim.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "drivers/printer/png.h"
#include "drivers/printer/preview.h"
#include "drivers/printer/printer_model.h"
#include "drivers/transport/descriptor.h"

namespace pos::cli {

namespace {

using Clock = std::chrono::steady_clock;
using drivers::Descriptor;
using drivers::Milliseconds;

constexpr int nobody = -1;
constexpr Milliseconds beat{5};  // while it works something off slowly
constexpr Milliseconds at_rest{1000};

struct Listener {
  Descriptor socket;
  std::uint16_t port = 0;
};

core::Result<Listener, std::string> listen_at(const std::string& address, std::uint16_t port) {
  Listener made{Descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)), 0};
  const int on = 1;
  ::setsockopt(made.socket.number(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in place{};
  place.sin_family = AF_INET;
  place.sin_port = htons(port);
  if (::inet_pton(AF_INET, address.c_str(), &place.sin_addr) != 1) {
    return tl::unexpected(fmt::format("\"{}\" is no address such as 127.0.0.1", address));
  }
  if (::bind(made.socket.number(), reinterpret_cast<sockaddr*>(&place), sizeof place) != 0 ||
      ::listen(made.socket.number(), 8) != 0) {
    return tl::unexpected(fmt::format("port {} of {} cannot be used: {}; choose another --port",
                                      port, address, std::strerror(errno)));
  }
  socklen_t size = sizeof place;
  ::getsockname(made.socket.number(), reinterpret_cast<sockaddr*>(&place), &size);
  made.port = ntohs(place.sin_port);
  return made;
}

// A connection, and what could not be read or written yet.
struct Talk {
  Descriptor socket;
  drivers::Bytes unread;   // arrived, and the printer's buffer is full
  std::string line;        // of a control connection
  std::size_t taken = 0;   // bytes since it was opened
  bool has_ended = false;  // the other side has
};

std::optional<std::size_t> count_in(const std::string& text) {
  std::size_t count = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (fault != std::errc{} || end != text.data() + text.size()) return {};
  return count;
}

// The other side is told by a reset when the socket is closed.
void hang_up_hard(const Descriptor& socket) {
  const linger hard{1, 0};
  ::setsockopt(socket.number(), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
}

class Server {
 public:
  explicit Server(const PrinterSimOptions& options)
      : options_(options), model_(drivers::profile(options.profile)) {}

  core::Result<core::Done, std::string> run();

 private:
  core::Result<core::Done, std::string> open();
  std::string obey(const std::string& said);
  void accept_printing();
  void accept_control();
  void read_printing(Talk& talk);
  void feed(Talk& talk);
  void read_control(Talk& talk, int descriptor, bool is_stdin);
  void work(Milliseconds elapsed);
  void keep(const drivers::SlipOnPaper& slip);
  std::string state() const;
  Milliseconds patience() const;

  const PrinterSimOptions& options_;
  drivers::PrinterModel model_;
  Listener printing_, control_;
  std::vector<Talk> talks_;  // the first one prints
  std::vector<Talk> controls_;
  Talk stdin_;
  bool is_off_ = false;
  bool refuses_second_ = false;
  bool is_stopped_ = false;
  bool has_stdin_ = true;
  std::optional<std::size_t> close_after_;
  int slips_ = 0;
};

core::Result<core::Done, std::string> Server::open() {
  auto printing = listen_at(options_.address, options_.port);
  if (!printing) return tl::unexpected(printing.error());
  printing_ = std::move(*printing);
  fmt::print("printing on {}:{}\n", options_.address, printing_.port);
  if (options_.control != 0) {
    auto control = listen_at(options_.address, options_.control);
    if (!control) return tl::unexpected(control.error());
    control_ = std::move(*control);
  }
  std::fflush(stdout);
  return core::Done{};
}

core::Result<core::Done, std::string> Server::run() {
  if (auto opened = open(); !opened) return opened;
  for (const std::string& fault : options_.faults) {
    if (const std::string said = obey(fault); said.starts_with("no")) {
      return tl::unexpected(fmt::format("--fault \"{}\": {}", fault, said.substr(4)));
    }
  }
  auto last = Clock::now();
  while (!is_stopped_) {
    std::vector<pollfd> waited;
    const auto watch = [&](int descriptor, bool wanted = true) {
      waited.push_back({wanted ? descriptor : nobody, POLLIN, 0});
    };
    watch(STDIN_FILENO, has_stdin_);
    watch(printing_.socket.number(), printing_.socket.is_open());
    watch(control_.socket.number(), control_.socket.is_open());
    // Only the first connection is read from, and only while there is room: the
    // window of the others, and of a printer that has stopped, stays closed.
    if (!talks_.empty()) watch(talks_[0].socket.number(), talks_[0].unread.empty());
    const std::size_t controls_at = waited.size();
    for (const Talk& talk : controls_) watch(talk.socket.number());
    ::poll(waited.data(), waited.size(), static_cast<int>(patience().count()));
    const auto now = Clock::now();
    const auto elapsed = std::chrono::duration_cast<Milliseconds>(now - last);
    if (elapsed.count() > 0) last = now;

    for (std::size_t i = controls_at; i < waited.size(); ++i) {
      Talk& talk = controls_[i - controls_at];
      if (waited[i].revents) read_control(talk, talk.socket.number(), false);
    }
    std::erase_if(controls_, [](const Talk& talk) { return talk.has_ended; });
    if (waited[0].revents) read_control(stdin_, STDIN_FILENO, true);
    if (waited[2].revents) accept_control();
    if (!talks_.empty() && controls_at == 4 && waited[3].revents) read_printing(talks_[0]);
    if (waited[1].revents) accept_printing();
    work(elapsed);
  }
  return core::Done{};
}

Milliseconds Server::patience() const {
  const bool works = model_.buffered() > 0 && model_.faults().bytes_per_second > 0;
  const bool is_held_up = !talks_.empty() && !talks_[0].unread.empty();
  return works || is_held_up ? beat : at_rest;
}

void Server::accept_printing() {
  Descriptor socket(
      ::accept4(printing_.socket.number(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (!socket.is_open() || is_off_) return;
  if (refuses_second_ && !talks_.empty()) {
    hang_up_hard(socket);  // as interface boards do it
    return;
  }
  if (talks_.empty()) model_.connection_opened();
  talks_.push_back({std::move(socket), {}, {}, 0, false});
}

void Server::accept_control() {
  Descriptor socket(
      ::accept4(control_.socket.number(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (socket.is_open()) controls_.push_back({std::move(socket), {}, {}, 0, false});
}

void Server::read_printing(Talk& talk) {
  std::array<std::uint8_t, 4096> buffer{};
  const ssize_t count = ::read(talk.socket.number(), buffer.data(), buffer.size());
  if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)) talk.has_ended = true;
  if (count > 0) talk.unread.insert(talk.unread.end(), buffer.begin(), buffer.begin() + count);
}

void Server::feed(Talk& talk) {
  drivers::ByteView rest(talk.unread);
  if (close_after_)
    rest = rest.first(std::min(rest.size(), *close_after_ - std::min(*close_after_, talk.taken)));
  const std::size_t taken = model_.receive(rest);
  talk.taken += taken;
  talk.unread.erase(talk.unread.begin(), talk.unread.begin() + static_cast<std::ptrdiff_t>(taken));
  if (close_after_ && talk.taken >= *close_after_) {
    hang_up_hard(talk.socket);
    talk.has_ended = true;
    talk.unread.clear();
    close_after_.reset();
  }
}

void Server::work(Milliseconds elapsed) {
  for (bool again = true; again && !talks_.empty();) {
    Talk& talk = talks_[0];
    const std::size_t before = talk.unread.size();
    feed(talk);
    model_.run(elapsed);
    elapsed = Milliseconds{0};
    again = !talk.unread.empty() && talk.unread.size() < before;
  }
  model_.run(elapsed);
  const drivers::Bytes answers = model_.take_answers();
  if (!talks_.empty() && !answers.empty()) {
    [[maybe_unused]] const auto sent =
        ::send(talks_[0].socket.number(), answers.data(), answers.size(), MSG_NOSIGNAL);
  }
  if (!talks_.empty() && talks_[0].has_ended && talks_[0].unread.empty()) {
    talks_.erase(talks_.begin());
    model_.connection_opened();
  }
  for (const drivers::SlipOnPaper& slip : model_.take_slips()) keep(slip);
}

void Server::keep(const drivers::SlipOnPaper& slip) {
  ++slips_;
  const std::string text = drivers::text_on(slip.document);
  if (!options_.log.empty()) {
    std::ofstream(options_.log, std::ios::app)
        << nlohmann::json({{"slip", slips_}, {"whole", slip.is_whole}, {"text", text}})
               .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)
        << '\n';
  }
  if (options_.folder.empty()) return;
  const auto name = options_.folder / fmt::format("slip-{:05}", slips_);
  std::ofstream(name.string() + ".txt") << text;
  if (const auto picture = drivers::preview(slip.document, drivers::profile(options_.profile))) {
    [[maybe_unused]] const auto saved = drivers::save_png(*picture, name.string() + ".png");
  }
}

std::string Server::state() const {
  const drivers::PrinterFaults& faults = model_.faults();
  return nlohmann::json({{"off", is_off_},
                         {"cover_open", faults.cover_open},
                         {"cutter_jammed", faults.cutter_jammed},
                         {"paper_out", faults.paper_out || faults.paper_ends_after == 0U},
                         {"slips", slips_},
                         {"drawer_openings", model_.drawer_openings()},
                         {"buffered", model_.buffered()},
                         {"connections", talks_.size()}})
      .dump();
}

std::string Server::obey(const std::string& said) {
  const auto blank = said.find(' ');
  const std::string verb = said.substr(0, blank);
  const std::string what = blank == said.npos ? "" : said.substr(blank + 1);
  drivers::PrinterFaults faults = model_.faults();
  const auto set = [&](bool& flag, const char* on, const char* off) {
    if (what != on && what != off) return fmt::format("no: {} is {} or {}", verb, on, off);
    flag = what == on;
    model_.set(faults);
    return std::string("ok");
  };
  const auto number = count_in(what);
  if (verb == "cover") return set(faults.cover_open, "open", "closed");
  if (verb == "cutter") return set(faults.cutter_jammed, "jammed", "free");
  if (verb == "head") return set(faults.head_hot, "hot", "cool");
  if (verb == "mute") return set(faults.is_mute, "on", "off");
  if (verb == "garbage") return set(faults.talks_garbage, "on", "off");
  if (verb == "refuse-second") return set(refuses_second_, "on", "off");
  if (verb == "paper" && (what == "in" || what == "out" || what == "low")) {
    faults.paper_out = what == "out";
    faults.paper_low = what == "low";
    if (what == "in") faults.paper_ends_after.reset();
  } else if (verb == "paper-after" && number) {
    faults.paper_ends_after = *number;
  } else if (verb == "slow" && number) {
    faults.bytes_per_second = *number;
  } else if (verb == "close-after" && number) {
    close_after_ = *number;
  } else if (verb == "off" || verb == "on") {
    if (verb == "off" && !is_off_) {
      model_.power_cycle();
      talks_.clear();
      printing_.socket.reset();
    } else if (verb == "on" && is_off_) {
      auto again = listen_at(options_.address, printing_.port);
      if (!again) return "no: " + again.error();
      printing_ = std::move(*again);
    }
    is_off_ = verb == "off";
  } else if (said == "drawer close") {
    model_.close_drawer();
  } else if (verb == "state") {
    return state();
  } else if (verb == "stop") {
    is_stopped_ = true;
  } else {
    return fmt::format("no: there is no \"{}\"; see tresen printer-sim --help", said);
  }
  model_.set(faults);
  return "ok";
}

void Server::read_control(Talk& talk, int descriptor, bool is_stdin) {
  std::array<char, 512> buffer{};
  const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
  if (count <= 0) {
    talk.has_ended = true;
    if (is_stdin) has_stdin_ = false;
    return;
  }
  talk.line.append(buffer.data(), static_cast<std::size_t>(count));
  for (auto end = talk.line.find('\n'); end != std::string::npos; end = talk.line.find('\n')) {
    std::string said = talk.line.substr(0, end);
    talk.line.erase(0, end + 1);
    if (!said.empty() && said.back() == '\r') said.pop_back();
    const std::string answer = obey(said) + "\n";
    if (is_stdin) {
      fmt::print("{}", answer);
      std::fflush(stdout);
    } else {
      [[maybe_unused]] const auto sent =
          ::send(descriptor, answer.data(), answer.size(), MSG_NOSIGNAL);
    }
  }
}

}  // namespace

core::Result<core::Done, std::string> serve_printer(const PrinterSimOptions& options) {
  return Server(options).run();
}

}  // namespace pos::cli
