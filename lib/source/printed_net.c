/* SPDX-License-Identifier: MIT */
#include "source/printed.h"

#define ENDS                                                                   \
	"sport={sport:d} dport={dport:d} saddr={saddr:ip} "                    \
	"daddr={daddr:ip} saddrv6={saddr_v6:ip6} daddrv6={daddr_v6:ip6}"

/* Events of the network. */
const struct printed printed_net[] = {
	{ "br_fdb_add",
	    "dev {dev:v} addr {addr:bytes} vid {vid:d} nlh_flags "
	    "{nlh_flags:x} ndm_flags {ndm_flags:X}"
	    "\nndm_flags dev addr vid nlh_flags" },
	{ "br_fdb_external_learn_add",
	    "br_dev {br_dev:v} port {dev:v} addr {addr:bytes} vid {vid:d}" },
	{ "br_fdb_update",
	    "br_dev {br_dev:v} source {dev:v} addr {addr:bytes} vid "
	    "{vid:d} flags 0x{flags:x}" },
	{ "br_mdb_full",
	    "dev {dev:v} af {af:s32} src {src:ip6} grp "
	    "{grp:ip6}/{grpmac:bytes} vid {vid:d}"
	    "\ndev af vid src grp grpmac" },
	{ "fdb_delete",
	    "br_dev {br_dev:v} dev {dev:v} addr {addr:bytes} vid {vid:d}" },
	{ "fib_table_lookup",
	    "table {tb_id:d} oif {oif:d} iif {iif:d} proto {proto:d} "
	    "{src:ip}/{sport:d} -> {dst:ip}/{dport:d} tos {tos:d} scope "
	    "{scope:d} flags {flags:x} ==> dev {name:v} gw "
	    "{gw4:ip}/{gw6:ip6} err {err:d}"
	    "\ntb_id err oif iif proto tos scope flags src dst gw4 gw6 "
	    "sport dport name" },
	{ "fib6_table_lookup",
	    "table {tb_id:d} oif {oif:d} iif {iif:d} proto {proto:d} "
	    "{src:ip6}/{sport:d} -> {dst:ip6}/{dport:d} flowlabel "
	    "{flowlabel:x} tos {tos:d} scope {scope:d} flags {flags:x} ==> "
	    "dev {name:v} gw {gw:ip6} err {err:d}"
	    "\ntb_id err oif iif flowlabel tos scope flags src dst sport "
	    "dport proto name gw" },
	{ "icmp_send",
	    "icmp_send: type={type:d}, code={code:d}. From "
	    "{saddr:ip}:{sport:d} to {daddr:ip}:{dport:d} ulen={ulen:d} "
	    "skbaddr={skbaddr:p}"
	    "\nskbaddr type code saddr daddr sport dport ulen" },
	{ "get_mapping_status mptcp_sendmsg_frag",
	    "data_ack={data_ack:d} data_seq={data_seq:d} "
	    "subflow_seq={subflow_seq:d} data_len={data_len:d} "
	    "csum={csum:X} use_map={use_map:d} dsn64={dsn64:d} "
	    "data_fin={data_fin:d} use_ack={use_ack:d} ack64={ack64:d} "
	    "mpc_map={mpc_map:d} frozen={frozen:d} "
	    "reset_transient={reset_transient:d} "
	    "reset_reason={reset_reason:d} csum_reqd={csum_reqd:d} "
	    "infinite_map={infinite_map:d}" },
	{ "mptcp_subflow_get_send",
	    "active={active:b} free={free:b} snd_wnd={snd_wnd:d} "
	    "pace={pace:d} backup={backup:d} ratio={ratio:d}" },
	{ "subflow_check_data_avail",
	    "mapping_status={status:mptcp_mapping}, skb={skb:p}" },
	{ "dql_stall_detected",
	    "thrs {thrs:d}  len {len:d}  last_reap {last_reap:d}  "
	    "hist_head {hist_head:d}  now {now:d}  hist {hist:array}" },
	{ "napi_poll",
	    "napi poll on napi struct {napi:p} for device {dev_name:v} "
	    "work {work:d} budget {budget:d}" },
	{ "neigh_cleanup_and_release neigh_event_send_dead "
	  "neigh_event_send_done neigh_timer_handler neigh_update_done",
	    "family {family:u32} dev {dev:v} lladdr {lladdr:bytes} flags "
	    "{flags:X} nud_state {nud_state:neighbour} type {type:X} dead "
	    "{dead:d} refcnt {refcnt:d} primary_key4 {primary_key4:ip} "
	    "primary_key6 {primary_key6:ip6} confirmed {confirmed:d} "
	    "updated {updated:d} used {used:d} err {err:u32}" },
	{ "neigh_create",
	    "family {family:u32} dev {dev:v} entries {entries:d} "
	    "primary_key4 {primary_key4:ip} primary_key6 "
	    "{primary_key6:ip6} created {created:d} gc_exempt {gc_exempt:d}"
	    "\nfamily dev entries created gc_exempt primary_key4 "
	    "primary_key6" },
	{ "neigh_update",
	    "family {family:u32} dev {dev:v} lladdr {lladdr:bytes} flags "
	    "{flags:X} nud_state {nud_state:neighbour} type {type:X} dead "
	    "{dead:d} refcnt {refcnt:d} primary_key4 {primary_key4:ip} "
	    "primary_key6 {primary_key6:ip6} confirmed {confirmed:d} "
	    "updated {updated:d} used {used:d} new_lladdr "
	    "{new_lladdr:bytes} new_state {new_state:neighbour} "
	    "update_flags {update_flags:X} pid {pid:u32}" },
	{ "napi_gro_frags_entry napi_gro_receive_entry "
	  "netif_receive_skb_entry netif_receive_skb_list_entry "
	  "netif_rx_entry",
	    "dev={name:v} napi_id={napi_id:x} "
	    "queue_mapping={queue_mapping:d} skbaddr={skbaddr:p} "
	    "vlan_tagged={vlan_tagged:b} vlan_proto=0x{vlan_proto:x} "
	    "vlan_tci=0x{vlan_tci:x} protocol=0x{protocol:x} "
	    "ip_summed={ip_summed:d} hash=0x{hash:x} l4_hash={l4_hash:b} "
	    "len={len:d} data_len={data_len:d} truesize={truesize:d} "
	    "mac_header_valid={mac_header_valid:b} "
	    "mac_header={mac_header:d} nr_frags={nr_frags:d} "
	    "gso_size={gso_size:d} gso_type={gso_type:x}" },
	{ "net_dev_queue netif_receive_skb netif_rx",
	    "dev={name:v} skbaddr={skbaddr:p} len={len:d}"
	    "\nskbaddr len name" },
	{ "net_dev_start_xmit",
	    "dev={name:v} queue_mapping={queue_mapping:d} "
	    "skbaddr={skbaddr:p} vlan_tagged={vlan_tagged:b} "
	    "vlan_proto=0x{vlan_proto:x} vlan_tci=0x{vlan_tci:x} "
	    "protocol=0x{protocol:x} ip_summed={ip_summed:d} len={len:d} "
	    "data_len={data_len:d} network_offset={network_offset:d} "
	    "transport_offset_valid={transport_offset_valid:b} "
	    "transport_offset={transport_offset:d} tx_flags={tx_flags:d} "
	    "gso_size={gso_size:d} gso_segs={gso_segs:d} "
	    "gso_type={gso_type:x}" },
	{ "net_dev_xmit",
	    "dev={name:v} skbaddr={skbaddr:p} len={len:d} rc={rc:d}"
	    "\nskbaddr len rc name" },
	{ "net_dev_xmit_timeout",
	    "dev={name:v} driver={driver:v} queue={queue_index:d}" },
	{ "netlink_extack", "msg={msg:s}" },
	{ "qdisc_create", "dev={dev:v} kind={kind:v} parent={parent:handle}" },
	{ "qdisc_dequeue",
	    "dequeue ifindex={ifindex:d} qdisc handle=0x{handle:x} "
	    "parent=0x{parent:x} txq_state=0x{txq_state:x} "
	    "packets={packets:d} skbaddr={skbaddr:p}"
	    "\npackets skbaddr ifindex handle parent txq_state" },
	{ "qdisc_destroy qdisc_reset",
	    "dev={dev:v} kind={kind:v} parent={parent:handle} "
	    "handle={handle:handle}" },
	{ "qdisc_enqueue",
	    "enqueue ifindex={ifindex:d} qdisc handle=0x{handle:x} "
	    "parent=0x{parent:x} skbaddr={skbaddr:p}"
	    "\nskbaddr ifindex handle parent" },
	{ "consume_skb", "skbaddr={skbaddr:p} location={location:f}" },
	{ "kfree_skb",
	    "skbaddr={skbaddr:p} rx_sk={rx_sk:p} protocol={protocol:d} "
	    "location={location:f} reason: {reason:w}"
	    "\nskbaddr location rx_sk protocol reason" },
	{ "kfree_skb",
	    "skbaddr={skbaddr:p} protocol={protocol:d} "
	    "location={location:f} reason: {reason:w}"
	    "\nskbaddr location protocol reason" },
	{ "inet_sk_error_report",
	    "family={family:family} protocol={protocol:protocol} " ENDS
	    " error={error:d}"
	    "\nerror sport dport family protocol saddr daddr saddr_v6 "
	    "daddr_v6" },
	{ "inet_sock_set_state",
	    "family={family:family} protocol={protocol:protocol} " ENDS
	    " oldstate={oldstate:tcp_state} newstate={newstate:tcp_state}"
	    "\noldstate newstate sport dport family protocol saddr daddr "
	    "saddr_v6 daddr_v6" },
	{ "sk_data_ready",
	    "family={family:d} protocol={protocol:d} func={ip:F}" },
	{ "sock_exceed_buf_limit",
	    "proto:{name:v} sysctl_mem={sysctl_mem:list} "
	    "allocated={allocated:d} sysctl_rmem={sysctl_rmem:d} "
	    "rmem_alloc={rmem_alloc:d} sysctl_wmem={sysctl_wmem:d} "
	    "wmem_alloc={wmem_alloc:d} wmem_queued={wmem_queued:d} "
	    "kind={kind:sk_mem}" },
	{ "sock_recv_length sock_send_length",
	    "sk address = {sk:p}, family = {family:family} protocol = "
	    "{protocol:protocol}, length = 0, error = 0, flags = "
	    "0x{flags:peek}" },
	{ "sock_recv_length sock_send_length",
	    "sk address = {sk:p}, family = {family:family} protocol = "
	    "{protocol:protocol}, length = {ret:d}, error = 0, flags = "
	    "0x{flags:x32}" },
	{ "sock_recv_length sock_send_length",
	    "sk address = {sk:p}, family = {family:family} protocol = "
	    "{protocol:protocol}, length = 0, error = {ret:d}, flags = "
	    "0x{flags:x32}" },
	{ "tcp_ao_handshake_failure",
	    "net={net_cookie:d} state={state:tcp_state} "
	    "family={family:family} src={saddr:ip} dest={daddr:ip} "
	    "L3index={l3index:d} [{:v}] keyid={keyid:d} "
	    "rnext={rnext:d} maclen={maclen:d}"
	    "\nnet_cookie state saddr daddr l3index family keyid rnext "
	    "maclen" },
	{ "tcp_bad_csum",
	    "skbaddr={skbaddr:p} src={saddr:ip} dest={daddr:ip}" },
	{ "tcp_cong_state_set",
	    "family={family:family} " ENDS " cong_state={cong_state:d}"
	    "\nsport dport family saddr daddr saddr_v6 daddr_v6 cong_state" },
	{ "tcp_destroy_sock tcp_rcv_space_adjust tcp_receive_reset",
	    "family={family:family} " ENDS " sock_cookie={sock_cookie:X}"
	    "\nsport dport family saddr daddr saddr_v6 daddr_v6 sock_cookie" },
	{ "tcp_hash_ao_required tcp_hash_bad_header tcp_hash_md5_mismatch "
	  "tcp_hash_md5_required tcp_hash_md5_unexpected",
	    "net={net_cookie:d} state={state:tcp_state} "
	    "family={family:family} src={saddr:ip} dest={daddr:ip} "
	    "L3index={l3index:d} [{:v}]"
	    "\nnet_cookie state saddr daddr l3index family" },
	{ "tcp_probe",
	    "family={family:family} src={saddr:ip} dest={daddr:ip} "
	    "mark={mark:x} data_len={data_len:d} snd_nxt={snd_nxt:x} "
	    "snd_una={snd_una:x} snd_cwnd={snd_cwnd:d} "
	    "ssthresh={ssthresh:d} snd_wnd={snd_wnd:d} srtt={srtt:d} "
	    "rcv_wnd={rcv_wnd:d} sock_cookie={sock_cookie:X} "
	    "skbaddr={skbaddr:p} skaddr={skaddr:p}"
	    "\nsaddr daddr family mark data_len snd_nxt snd_una snd_cwnd "
	    "ssthresh snd_wnd srtt rcv_wnd sock_cookie skbaddr skaddr" },
	{ "tcp_rcvbuf_grow",
	    "time={time:s32} rtt_us={rtt_us:d} copied={copied:d} "
	    "inq={inq:d} space={space:d} ooo={ooo_space:d} "
	    "scaling_ratio={scaling_ratio:d} rcvbuf={rcvbuf:d} "
	    "rcv_ssthresh={rcv_ssthresh:d} window_clamp={window_clamp:d} "
	    "rcv_wnd={rcv_wnd:d} family={family:family} " ENDS
	    " skaddr={skaddr:p} sock_cookie={sock_cookie:X}"
	    "\ntime rtt_us copied inq space ooo_space rcvbuf rcv_ssthresh "
	    "window_clamp rcv_wnd scaling_ratio sport dport family saddr "
	    "daddr saddr_v6 daddr_v6 skaddr sock_cookie" },
	{ "tcp_retransmit_skb",
	    "skbaddr={skbaddr:p} skaddr={skaddr:p} family={family:family} " ENDS
	    " state={state:tcp_state} err={err:d}"
	    "\nskbaddr skaddr state sport dport family saddr daddr "
	    "saddr_v6 daddr_v6 err" },
	{ "tcp_retransmit_synack",
	    "family={family:family} " ENDS
	    "\nsport dport family saddr daddr saddr_v6 daddr_v6" },
	{ "tcp_send_reset",
	    "skbaddr={skbaddr:p} skaddr={skaddr:p} src={saddr:ip} "
	    "dest={daddr:ip} state={state:tcp_state} "
	    "reason={reason:i}"
	    "\nskbaddr skaddr state reason saddr daddr" },
	{ "tcp_sendmsg_locked",
	    "skb_addr {skb_addr:p} skb_len {skb_len:d} msg_left "
	    "{msg_left:d} size_goal {size_goal:d}" },
	{ "udp_fail_queue_rcv_skb",
	    "rc={rc:d} family={family:family} src={saddr:ip} "
	    "dest={daddr:ip}" },
	{ "virtio_transport_alloc_pkt",
	    "{src_cid:d}:{src_port:d} -> {dst_cid:d}:{dst_port:d} "
	    "len={len:d} type={type:vsock_type} op={op:vsock_op} "
	    "flags={flags:x} zcopy={zcopy:b}" },
	{ "virtio_transport_recv_pkt",
	    "{src_cid:d}:{src_port:d} -> {dst_cid:d}:{dst_port:d} "
	    "len={len:d} type={type:vsock_type} op={op:vsock_op} "
	    "flags={flags:x} buf_alloc={buf_alloc:d} fwd_cnt={fwd_cnt:d}" },
	{ "bpf_xdp_link_attach_failed", "errmsg={msg:s}" },
	{ "mem_connect",
	    "mem_id={mem_id:u32} mem_type={mem_type:xdp_memory} "
	    "allocator={allocator:p} ifindex={ifindex:d}" },
	{ "mem_disconnect",
	    "mem_id={mem_id:u32} mem_type={mem_type:xdp_memory} "
	    "allocator={allocator:p}" },
	{ "xdp_bulk_tx",
	    "ifindex={ifindex:d} action={act:xdp_action} sent={sent:d} "
	    "drops={drops:d} err={err:d}"
	    "\nifindex act drops sent err" },
	{ "xdp_cpumap_enqueue",
	    "enqueue cpu={cpu:d} map_id={map_id:d} action={act:xdp_action} "
	    "processed={processed:d} drops={drops:d} to_cpu={to_cpu:d}"
	    "\nmap_id act cpu drops processed to_cpu" },
	{ "xdp_cpumap_kthread",
	    "kthread cpu={cpu:d} map_id={map_id:d} action={act:xdp_action} "
	    "processed={processed:d} drops={drops:d} sched={sched:d} "
	    "xdp_pass={xdp_pass:d} xdp_drop={xdp_drop:d} "
	    "xdp_redirect={xdp_redirect:d}"
	    "\nmap_id act cpu drops processed sched xdp_pass xdp_drop "
	    "xdp_redirect" },
	{ "xdp_devmap_xmit",
	    "ndo_xdp_xmit from_ifindex={from_ifindex:d} "
	    "to_ifindex={to_ifindex:d} action={act:xdp_action} "
	    "sent={sent:d} drops={drops:d} err={err:d}"
	    "\nfrom_ifindex act to_ifindex drops sent err" },
	{ "xdp_exception",
	    "prog_id={prog_id:d} action={act:xdp_action} ifindex={ifindex:d}" },
	{ "xdp_redirect xdp_redirect_err",
	    "prog_id={prog_id:d} action={act:xdp_action} ifindex={ifindex:d} "
	    "to_ifindex={to_ifindex:d} err={err:d} map_id={map_id:u32} "
	    "map_index={map_index:d}"
	    "\nprog_id act ifindex err to_ifindex map_id map_index" },
	{ NULL, NULL },
};
