// The host of an Epson TSE without one: a printer's or server's port 8009, as bytes in and
// bytes out. Written from the published facts ("Germany Fiscal Element JSON Specification"
// rev. C, "TSE Developer's Guide" 1.0.1) and not from our driver. It knows no sockets:
// whoever owns it carries the bytes. One thread.
//
// Orders, one a line; it answers "ok", "no: WHY" or a line of JSON:
//   lose|forget|silent|break|another|forged|echo|bad-json|bad-xml|bad-base64|html|garbage|deaf|
//   device-busy [FUNCTION|any] [COUNT|always]      busy [COUNT|always]
//     lose: done, and the connection ends; it may be taken up again. forget: it may not.
//     silent: done, never said. break: half of the answer. deaf: never done.
//     echo: a start is done, and what was answered to the one before it, anybody's, is said.
//   error CODE [FUNCTION] [COUNT]     late MILLISECONDS     storm PERMILLE
//   stray on|off  (quote marks beside the NUL, JSON that is not escaped)
//   expire   fill   used-up   block-pin   restart   self-test-due   time SECONDS   swap
//   off  (all of that is over)        state
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "pos/tools/tse_sim_device.h"
#include "pos/tools/tse_sim_faults.h"

namespace pos::tse_sim {

struct EpsonSettings {
  std::string device_name = "local_TSE";
  // Set up already, with these; empty: as it leaves the factory.
  std::string puk{}, admin_pin{}, time_admin_pin{};
  std::vector<std::string> clients{};
  std::size_t chunk = 96 * 1024;  // of an export
};

class EpsonHost {
 public:
  // What becomes of a connection: bytes after so long, and perhaps its end.
  struct Said {
    int connection = 0;
    std::string bytes{};
    bool is_over = false;
    int after_milliseconds = 0;
  };

  EpsonHost(std::unique_ptr<Device> device, EpsonSettings settings, Seconds now);

  std::vector<Said> connected(int connection);
  std::vector<Said> take(int connection, std::string_view bytes, Seconds now);
  void closed(int connection, Seconds now);
  std::string obey(const std::string& line, Seconds now);
  const Device& device() const { return *device_; }

 private:
  using Json = nlohmann::json;
  struct Line {
    std::string client;    // what it is called
    std::string received;  // no whole message yet
  };
  struct Answer {
    std::string result = "EXECUTION_OK";
    Json output = Json::object();
  };
  struct Export {
    std::string tar;
    std::size_t at = 0;
    bool is_whole = false, is_read = false;
    Seconds touched = 0;
  };

  std::vector<Said> hear(int connection, const std::string& message, Seconds now);
  std::vector<Said> operate(int connection, const std::string& message, Seconds now);
  std::string open_device(int connection, const std::string& name, Seconds now);
  Said say(int connection, std::string bytes, bool is_over = false);
  std::string framed(std::string element) const;
  bool strikes(const char* fault, std::string_view function);
  bool storms();

  Answer perform(const std::string& function, const Json& input, Seconds now);
  Answer information(Seconds now) const;
  Answer challenge(const Json& input);
  Answer log_in(const std::string& function, const Json& input, Seconds now);
  Answer set_up(const Json& input, Seconds now);
  Answer set_time(const Json& input, Seconds now);
  Answer unblock(const std::string& function, const Json& input);
  Answer register_client(const Json& input);
  Answer transact(const std::string& function, const Json& input, Seconds now);
  Answer begin_export(const std::string& function, const Json& input, Seconds now);
  Answer export_data(Seconds now);
  Answer end_export(const std::string& function, const Json& input, Seconds now);
  std::string why_not_signed(const std::string& client, Seconds now) const;
  bool is_admin(Seconds now) const { return admin_until_ > now; }
  bool needs_self_test(Seconds now) const { return tested_until_ <= now; }
  Seconds clock(Seconds now) const { return now + clock_offset_; }
  void power_on(Seconds now);
  void remember();

  std::unique_ptr<Device> device_;
  EpsonSettings settings_;
  // What outlives a power cut.
  std::string state_ = "UNINITIALIZED", puk_, admin_pin_, time_admin_pin_, key_ = "EPSONKEY";
  int admin_tries_ = 3, time_admin_tries_ = 3, puk_tries_ = 3;
  std::set<std::string> clients_;
  std::map<std::string, Json> last_;  // answers, by client
  // What does not.
  Json last_start_;  // the answer to it, whoever began it
  std::map<std::string, std::string> challenges_;
  std::map<std::string, Seconds> logged_in_;  // until when
  Seconds admin_until_ = 0, tested_until_ = 0, clock_offset_ = 0;
  bool has_time_ = false;
  std::optional<Export> export_;
  // The connections.
  std::map<int, Line> lines_;
  int last_client_ = 0, last_data_ = 0;
  std::string holder_;                            // the client that has the TSE open
  Seconds blocked_until_ = 0;                     // where that one's connection has broken
  std::map<std::string, std::string> under_way_;  // answers that never arrived, by client
  // What goes wrong.
  Faults faults_;
  std::string error_code_;
  bool is_stray_ = false, is_over_ = false, is_full_ = false, is_used_up_ = false;
  int late_ = 0, storm_ = 0;
  std::uint64_t dice_ = 88172645463325252U;
};

}  // namespace pos::tse_sim
