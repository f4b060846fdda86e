--
-- PostgreSQL database dump
--

-- A small data-only dump as the old system gives it: its columns only, parents before children.

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Data for Name: profiles; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.profiles (id, first_name, last_name, avatar_url, role, slack_id, slack_access_token, slack_notification_preferences, created_at, updated_at) FROM stdin;
01d00000-0000-4000-9000-000000000001	Ada	Old	https://example.com/a.png	admin	U0ADA	xoxp-example	{"mentions": true}	2025-01-02 09:00:00+00	2025-01-03 09:00:00+00
01d00000-0000-4000-9000-000000000002	Ben	Old	\N	user	U0BEN	\N	\N	2025-01-02 09:00:00+00	2025-01-02 09:00:00+00
01d00000-0000-4000-9000-000000000003	Cleo	Old	\N	user	\N	\N	{}	2025-01-02 09:00:00+00	2025-01-02 09:00:00+00
01d00000-0000-4000-9000-000000000004	Dora	Klient	\N	client	\N	\N	\N	2025-01-04 09:00:00+00	2025-01-04 09:00:00+00
\.


--
-- Data for Name: clients; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.clients (id, name, logo_url, primary_contact_name, primary_contact_email, primary_contact_phone, status, created_at, updated_at) FROM stdin;
02d00000-0000-4000-9000-000000000001	Acme	https://example.com/acme.png	Wile	wile@example.com	+1 555 0100	active	2025-01-02 09:00:00+00	2025-01-10 09:00:00+00
02d00000-0000-4000-9000-000000000002	Old & Sons	\N	\N	\N	\N	archived	2025-01-02 09:00:00+00	2025-01-02 09:00:00+00
\.


--
-- Data for Name: requests; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.requests (id, title, description, client_id, request_type, status, priority, due_date, created_at, updated_at, created_by, assigned_to, metadata) FROM stdin;
03d00000-0000-4000-9000-000000000001	Old request 1	Line one\nline two	02d00000-0000-4000-9000-000000000001	creative	new_request	low	\N	2025-01-06 09:00:00+00	2025-01-11 09:00:00+00	01d00000-0000-4000-9000-000000000001	\N	\N
03d00000-0000-4000-9000-000000000002	Old request 2	\N	02d00000-0000-4000-9000-000000000001	performance	in_progress	medium	2025-02-13 09:00:00+00	2025-01-07 09:00:00+00	2025-01-12 09:00:00+00	01d00000-0000-4000-9000-000000000002	01d00000-0000-4000-9000-000000000002	{"source": "old"}
03d00000-0000-4000-9000-000000000003	Old request 3	A tab\there	02d00000-0000-4000-9000-000000000001	project	needs_review	high	\N	2025-01-08 09:00:00+00	2025-01-13 09:00:00+00	01d00000-0000-4000-9000-000000000003	01d00000-0000-4000-9000-000000000002	\N
03d00000-0000-4000-9000-000000000004	Old request 4	\N	02d00000-0000-4000-9000-000000000001	creative	needs_edit	urgent	2025-02-13 09:00:00+00	2025-01-09 09:00:00+00	2025-01-14 09:00:00+00	01d00000-0000-4000-9000-000000000001	01d00000-0000-4000-9000-000000000002	{"source": "old"}
03d00000-0000-4000-9000-000000000005	Old request 5	back\\slash	02d00000-0000-4000-9000-000000000002	performance	completed	low	\N	2025-01-10 09:00:00+00	2025-01-15 09:00:00+00	01d00000-0000-4000-9000-000000000002	01d00000-0000-4000-9000-000000000002	\N
03d00000-0000-4000-9000-000000000006	Old request 6	plain	\N	project	in_progress	medium	2025-02-13 09:00:00+00	2025-01-11 09:00:00+00	2025-01-16 09:00:00+00	01d00000-0000-4000-9000-000000000003	01d00000-0000-4000-9000-000000000002	{"source": "old"}
\.


--
-- Data for Name: status_history; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.status_history (id, request_id, old_status, new_status, changed_by, changed_at, comments) FROM stdin;
04d00000-0000-4000-9000-000000000001	03d00000-0000-4000-9000-000000000002	new_request	in_progress	01d00000-0000-4000-9000-000000000002	2025-01-07 09:00:00+00	started
04d00000-0000-4000-9000-000000000002	03d00000-0000-4000-9000-000000000003	new_request	in_progress	01d00000-0000-4000-9000-000000000002	2025-01-08 09:00:00+00	\N
04d00000-0000-4000-9000-000000000003	03d00000-0000-4000-9000-000000000003	in_progress	needs_review	\N	2025-01-09 09:00:00+00	\N
\.


--
-- Data for Name: assets; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.assets (id, request_id, name, file_type, original_filename, storage_path, preview_url, thumbnail_url, embed_url, metadata, version_number, is_current_version, parent_asset_id, version_notes, version_type, created_at, created_by) FROM stdin;
05d00000-0000-4000-9000-000000000002	03d00000-0000-4000-9000-000000000002	Poster	image	poster_v2.png	a/2.png	\N	\N	\N	{"width": 100}	2	t	05d00000-0000-4000-9000-000000000001	bigger logo	auto	2025-01-10 09:00:00+00	01d00000-0000-4000-9000-000000000002
05d00000-0000-4000-9000-000000000001	03d00000-0000-4000-9000-000000000002	Poster	image	poster.png	a/1.png	\N	\N	\N	\N	1	f	\N	\N	auto	2025-01-09 09:00:00+00	01d00000-0000-4000-9000-000000000002
05d00000-0000-4000-9000-000000000003	03d00000-0000-4000-9000-000000000003	Board	figma	\N	\N	\N	\N	https://figma.example.com/x	\N	1	t	\N	\N	manual	2025-01-09 09:00:00+00	01d00000-0000-4000-9000-000000000003
05d00000-0000-4000-9000-000000000004	03d00000-0000-4000-9000-000000000005	Brief	document	brief.pdf	a/b.pdf	\N	\N	\N	\N	1	t	\N	\N	\N	2025-01-09 09:00:00+00	01d00000-0000-4000-9000-000000000001
\.


--
-- Data for Name: comments; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.comments (id, request_id, asset_id, user_id, content, parent_comment_id, created_at, updated_at, position_x, position_y, is_resolved) FROM stdin;
06d00000-0000-4000-9000-000000000002	03d00000-0000-4000-9000-000000000002	\N	01d00000-0000-4000-9000-000000000003	agreed, urgent	06d00000-0000-4000-9000-000000000001	2025-01-11 11:00:00+00	2025-01-11 11:00:00+00	\N	\N	f
06d00000-0000-4000-9000-000000000001	03d00000-0000-4000-9000-000000000002	05d00000-0000-4000-9000-000000000002	01d00000-0000-4000-9000-000000000002	logo is too small	\N	2025-01-11 10:00:00+00	2025-01-11 12:00:00+00	0.25	0.75	t
06d00000-0000-4000-9000-000000000003	03d00000-0000-4000-9000-000000000005	\N	01d00000-0000-4000-9000-000000000001	done	\N	2025-01-16 09:00:00+00	2025-01-16 09:00:00+00	\N	\N	f
\.


--
-- Data for Name: tags; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.tags (id, name, color, board_type, category, description) FROM stdin;
07d00000-0000-4000-9000-000000000001	launch	#ff0000	creative	campaign	Spring launch
07d00000-0000-4000-9000-000000000002	acme	\N	\N	client	\N
\.


--
-- Data for Name: request_tags; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.request_tags (request_id, tag_id) FROM stdin;
03d00000-0000-4000-9000-000000000002	07d00000-0000-4000-9000-000000000001
03d00000-0000-4000-9000-000000000002	07d00000-0000-4000-9000-000000000002
03d00000-0000-4000-9000-000000000005	07d00000-0000-4000-9000-000000000002
\.


--
-- Data for Name: project_tasks; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.project_tasks (id, request_id, title, description, status, due_date, assigned_to, sort_order, parent_task_id, created_at, updated_at) FROM stdin;
08d00000-0000-4000-9000-000000000001	03d00000-0000-4000-9000-000000000003	Plan	\N	done	\N	01d00000-0000-4000-9000-000000000002	1	\N	2025-01-08 09:00:00+00	2025-01-09 09:00:00+00
08d00000-0000-4000-9000-000000000002	03d00000-0000-4000-9000-000000000003	Write	words	in_progress	2025-02-13 09:00:00+00	01d00000-0000-4000-9000-000000000003	2	08d00000-0000-4000-9000-000000000001	2025-01-08 09:00:00+00	2025-01-08 09:00:00+00
08d00000-0000-4000-9000-000000000003	03d00000-0000-4000-9000-000000000003	Ship	\N	todo	\N	\N	3	\N	2025-01-08 09:00:00+00	2025-01-08 09:00:00+00
\.


--
-- Data for Name: video_assets; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.video_assets (id, title, description, project_id, current_version_id, created_at, updated_at, created_by, deleted_at) FROM stdin;
09d00000-0000-4000-9000-000000000001	Spot 30s	TV	03d00000-0000-4000-9000-000000000001	0ad00000-0000-4000-9000-000000000002	2025-01-10 09:00:00+00	2025-01-11 09:00:00+00	01d00000-0000-4000-9000-000000000002	\N
09d00000-0000-4000-9000-000000000002	Gone	\N	03d00000-0000-4000-9000-000000000001	\N	2025-01-10 09:00:00+00	2025-01-12 09:00:00+00	01d00000-0000-4000-9000-000000000002	2025-01-12 09:00:00+00
\.


--
-- Data for Name: video_versions; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.video_versions (id, video_asset_id, version_number, version_label, file_url, file_size_bytes, mime_type, duration_seconds, width, height, frame_rate, codec, bitrate, poster_url, thumbnails_sprite_url, thumbnails_vtt_url, processing_status, created_at, uploaded_by, change_notes) FROM stdin;
0ad00000-0000-4000-9000-000000000001	09d00000-0000-4000-9000-000000000001	1	v1	https://example.com/1.mp4	1000000	video/mp4	30.030	1920	1080	23.98	h264	8000000	\N	\N	\N	completed	2025-01-10 09:00:00+00	01d00000-0000-4000-9000-000000000002	\N
0ad00000-0000-4000-9000-000000000002	09d00000-0000-4000-9000-000000000001	2	Final	https://example.com/2.mp4	5000000000	video/mp4	180.000	3840	2160	25.00	h265	20000000	\N	\N	\N	completed	2025-01-11 09:00:00+00	01d00000-0000-4000-9000-000000000003	recut
0ad00000-0000-4000-9000-000000000003	09d00000-0000-4000-9000-000000000002	1	v1	https://example.com/3.mp4	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	failed	2025-01-10 09:00:00+00	01d00000-0000-4000-9000-000000000002	\N
\.


--
-- Data for Name: timecode_comments; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.timecode_comments (id, video_version_id, timecode_seconds, content, author_id, author_name, author_avatar_url, parent_comment_id, thread_root_id, status, resolved_at, resolved_by, reactions, created_at, updated_at, edited_at, is_internal, attachments) FROM stdin;
0bd00000-0000-4000-9000-000000000001	0ad00000-0000-4000-9000-000000000001	12.345	cut here	01d00000-0000-4000-9000-000000000001	Ada Old	\N	\N	\N	resolved	2025-01-13 09:00:00+00	01d00000-0000-4000-9000-000000000002	[{"emoji": "👍", "user_id": "01d00000-0000-4000-9000-000000000002", "created_at": "2025-01-12T00:00:00Z"}]	2025-01-11 09:00:00+00	2025-01-13 09:00:00+00	\N	f	[]
0bd00000-0000-4000-9000-000000000002	0ad00000-0000-4000-9000-000000000001	12.345	yes	01d00000-0000-4000-9000-000000000002	Ben Old	\N	0bd00000-0000-4000-9000-000000000001	0bd00000-0000-4000-9000-000000000001	active	\N	\N	[]	2025-01-12 09:00:00+00	2025-01-12 09:00:00+00	2025-01-12 09:00:00+00	f	[]
0bd00000-0000-4000-9000-000000000003	0ad00000-0000-4000-9000-000000000002	0.040	internal note	01d00000-0000-4000-9000-000000000003	Cleo Old	\N	\N	0bd00000-0000-4000-9000-000000000003	active	\N	\N	[]	2025-01-12 09:00:00+00	2025-01-12 09:00:00+00	\N	t	\N
\.


--
-- Data for Name: comment_mentions; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.comment_mentions (id, comment_id, mentioned_user_id, created_at) FROM stdin;
0cd00000-0000-4000-9000-000000000001	0bd00000-0000-4000-9000-000000000001	01d00000-0000-4000-9000-000000000002	2025-01-11 09:00:00+00
0cd00000-0000-4000-9000-000000000002	0bd00000-0000-4000-9000-000000000003	01d00000-0000-4000-9000-000000000001	2025-01-12 09:00:00+00
\.


--
-- Data for Name: comment_notifications; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.comment_notifications (id, user_id, comment_id, notification_type, read_at, created_at) FROM stdin;
0dd00000-0000-4000-9000-000000000001	01d00000-0000-4000-9000-000000000002	0bd00000-0000-4000-9000-000000000001	mention	2025-01-12 09:00:00+00	2025-01-11 09:00:00+00
0dd00000-0000-4000-9000-000000000002	01d00000-0000-4000-9000-000000000001	0bd00000-0000-4000-9000-000000000002	reply	\N	2025-01-12 09:00:00+00
\.


--
-- Data for Name: video_playback_sessions; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.video_playback_sessions (id, video_version_id, user_id, started_at, last_position_seconds, completed, updated_at) FROM stdin;
0ed00000-0000-4000-9000-000000000001	0ad00000-0000-4000-9000-000000000001	01d00000-0000-4000-9000-000000000004	2025-01-13 09:00:00+00	29.970	t	2025-01-13 09:00:00+00
0ed00000-0000-4000-9000-000000000002	0ad00000-0000-4000-9000-000000000002	01d00000-0000-4000-9000-000000000001	2025-01-13 09:00:00+00	1.500	f	2025-01-13 09:00:00+00
\.


--
-- Data for Name: slack_messages; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.slack_messages (id, channel_id, channel_name, user_id, user_name, text, "timestamp", permalink, thread_ts, is_thread_reply, parent_message_id, reactions, mentions, created_at, updated_at) FROM stdin;
1736640000.000100	C0OLD	general	U0BEN	ben	hello <@U0ADA>	2025-01-12 09:00:00+00	https://slack.example.com/p1	\N	f	\N	[]	["U0ADA"]	2025-01-12 09:00:00+00	2025-01-12 09:00:00+00
1736640060.000200	C0OLD	general	U0ADA	ada	hi <@U0BEN>	2025-01-12 09:00:00+00	\N	1736640000.000100	t	1736640000.000100	\N	\N	2025-01-12 09:00:00+00	2025-01-12 09:00:00+00
\.


--
-- Data for Name: user_mentions; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.user_mentions (id, message_id, user_slack_id, is_read, read_at, created_at) FROM stdin;
0fd00000-0000-4000-9000-000000000001	1736640000.000100	U0ADA	t	2025-01-13 09:00:00+00	2025-01-12 09:00:00+00
0fd00000-0000-4000-9000-000000000002	1736640060.000200	U0BEN	f	\N	2025-01-12 09:00:00+00
\.


--
-- Data for Name: slack_connected_channels; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.slack_connected_channels (id, request_type, channel_id, channel_name, notification_types, created_at, updated_at) FROM stdin;
10d00000-0000-4000-9000-000000000001	creative	C0OLD	general	["status_change"]	2025-01-02 09:00:00+00	2025-01-02 09:00:00+00
10d00000-0000-4000-9000-000000000002	\N	C0ALL	all	\N	2025-01-02 09:00:00+00	2025-01-02 09:00:00+00
\.


--
-- Data for Name: slack_message_requests; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.slack_message_requests (id, request_id, slack_channel_id, slack_thread_ts, slack_message_ts, slack_user_id, message_content, created_at) FROM stdin;
11d00000-0000-4000-9000-000000000001	03d00000-0000-4000-9000-000000000001	C0OLD	\N	1736640000.000100	U0BEN	please make a spot	2025-01-06 09:00:00+00
11d00000-0000-4000-9000-000000000002	03d00000-0000-4000-9000-000000000002	C0OLD	\N	\N	\N	\N	2025-01-06 09:00:00+00
\.


--
-- Data for Name: slack_comment_threads; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.slack_comment_threads (id, request_id, comment_id, slack_channel_id, slack_thread_ts, slack_parent_ts, last_synced_at) FROM stdin;
12d00000-0000-4000-9000-000000000001	03d00000-0000-4000-9000-000000000002	06d00000-0000-4000-9000-000000000001	C0OLD	1736640000.000100	\N	2025-01-13 09:00:00+00
12d00000-0000-4000-9000-000000000002	03d00000-0000-4000-9000-000000000005	\N	C0OLD	1736640099.000100	\N	\N
\.


--
-- Data for Name: performance_metrics; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.performance_metrics (id, asset_id, request_id, platform, metric_type, value, date, source, source_detail, sync_id, created_at, updated_at) FROM stdin;
13d00000-0000-4000-9000-000000000001	\N	03d00000-0000-4000-9000-000000000002	facebook	impressions	120345	2025-01-10	api_sync	{"account": "1"}	13dddddd-0000-4000-9000-000000000001	2025-01-12 09:00:00+00	2025-01-12 09:00:00+00
13d00000-0000-4000-9000-000000000002	\N	03d00000-0000-4000-9000-000000000002	facebook	clicks	321	2025-01-10	api_sync	\N	13dddddd-0000-4000-9000-000000000001	2025-01-12 09:00:00+00	2025-01-12 09:00:00+00
13d00000-0000-4000-9000-000000000003	05d00000-0000-4000-9000-000000000002	03d00000-0000-4000-9000-000000000002	google	conversions	12.5	2025-01-11	manual_entry	\N	\N	2025-01-12 09:00:00+00	2025-01-12 09:00:00+00
\.


--
-- Data for Name: platform_connections; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.platform_connections (id, platform, credentials, account_id, account_name, is_active, last_synced_at, sync_frequency, created_at, created_by) FROM stdin;
14d00000-0000-4000-9000-000000000001	facebook	{"ciphertext": "example"}	1	Acme FB	t	2025-01-12 09:00:00+00	1440	2025-01-02 09:00:00+00	01d00000-0000-4000-9000-000000000001
14d00000-0000-4000-9000-000000000002	google	\N	\N	\N	f	\N	60	2025-01-02 09:00:00+00	\N
\.


--
-- Data for Name: metric_sync_logs; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.metric_sync_logs (id, platform_connection_id, status, start_time, end_time, metrics_updated, metrics_created, error_message, details) FROM stdin;
15d00000-0000-4000-9000-000000000001	14d00000-0000-4000-9000-000000000001	success	2025-01-12 09:00:00+00	2025-01-12 10:00:00+00	1	2	\N	{}
15d00000-0000-4000-9000-000000000002	14d00000-0000-4000-9000-000000000001	failed	2025-01-13 09:00:00+00	2025-01-13 09:00:00+00	0	0	timeout	\N
\.


--
-- Data for Name: automation_rule_templates; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.automation_rule_templates (id, name, description, trigger_type, condition_template, action_type, action_template, ui_schema, icon, created_at) FROM stdin;
16d00000-0000-4000-9000-000000000001	Auto-assign on comment	\N	commented	{}	assign_user	{"assign_to": "{{commenter}}"}	\N	👤	2025-01-02 09:00:00+00
16d00000-0000-4000-9000-000000000002	Status change on tag	\N	tagged	{}	change_status	{"status": "in_progress"}	\N	\N	2025-01-02 09:00:00+00
16d00000-0000-4000-9000-000000000003	Due date reminder	\N	due_date	\N	notify	\N	\N	\N	2025-01-02 09:00:00+00
16d00000-0000-4000-9000-000000000004	Inactivity alert	\N	inactive	\N	notify	\N	\N	\N	2025-01-02 09:00:00+00
\.


--
-- Data for Name: automation_rules; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.automation_rules (id, request_type, name, description, template_id, is_custom, trigger_type, trigger_conditions, action_type, action_parameters, is_active, priority, created_at, created_by) FROM stdin;
17d00000-0000-4000-9000-000000000001	\N	Urgent starts	\N	\N	t	commented	{"content_contains": "urgent"}	change_status	{"status": "in_progress"}	t	1	2025-01-03 09:00:00+00	01d00000-0000-4000-9000-000000000001
17d00000-0000-4000-9000-000000000002	creative	Assign	\N	16d00000-0000-4000-9000-000000000001	f	commented	{}	assign_user	{"assign_to": "{{commenter}}"}	f	2	2025-01-03 09:00:00+00	\N
\.


--
-- Data for Name: notification_config; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.notification_config (id, entity_type, event_type, channel_id, user_id, is_active, template, created_at) FROM stdin;
18d00000-0000-4000-9000-000000000001	request	status_change	C0OLD	\N	t	🔄 Request *{{request_title}}* status changed from `{{old_status}}` to `{{new_status}}`	2025-01-02 09:00:00+00
18d00000-0000-4000-9000-000000000002	comment	comment_added	\N	01d00000-0000-4000-9000-000000000001	f	\N	2025-01-02 09:00:00+00
\.


--
-- Data for Name: notification_queue; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.notification_queue (id, config_id, entity_id, entity_type, event_data, is_processed, attempts, max_attempts, next_attempt_at, last_error, created_at, processed_at) FROM stdin;
19d00000-0000-4000-9000-000000000001	18d00000-0000-4000-9000-000000000001	03d00000-0000-4000-9000-000000000002	request	{"request_title": "Old request 2"}	t	1	5	2025-01-07 09:00:00+00	\N	2025-01-07 09:00:00+00	2025-01-07 09:00:00+00
19d00000-0000-4000-9000-000000000002	18d00000-0000-4000-9000-000000000001	03d00000-0000-4000-9000-000000000003	request	{}	f	5	5	2025-01-09 09:00:00+00	channel_not_found	2025-01-08 09:00:00+00	\N
\.


--
-- Data for Name: activity_log; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.activity_log (id, user_id, entity_type, entity_id, action, details, created_at) FROM stdin;
1ad00000-0000-4000-9000-000000000001	01d00000-0000-4000-9000-000000000001	request	03d00000-0000-4000-9000-000000000001	create	{}	2025-01-06 09:00:00+00
1ad00000-0000-4000-9000-000000000002	01d00000-0000-4000-9000-000000000002	comment	06d00000-0000-4000-9000-000000000001	create	\N	2025-01-11 09:00:00+00
\.


--
-- Data for Name: archived_activity_log; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.archived_activity_log (id, user_id, entity_type, entity_id, action, details, created_at, archived_at) FROM stdin;
1bd00000-0000-4000-9000-000000000001	01d00000-0000-4000-9000-000000000001	request	03d00000-0000-4000-9000-000000000001	update	{"title": "x"}	2024-06-01 00:00:00+00	2024-12-01 00:00:00+00
1bd00000-0000-4000-9000-000000000002	\N	asset	05d00000-0000-4000-9000-000000000001	delete	\N	2024-06-02 00:00:00+00	2024-12-01 00:00:00+00
\.


--
-- Data for Name: retention_policies; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.retention_policies (id, entity_type, active_retention_days, archive_retention_days, last_archived_at, last_purged_at, created_at, updated_at) FROM stdin;
1cd00000-0000-4000-9000-000000000001	activity_log	60	365	2025-01-02 09:00:00+00	\N	2024-01-01 00:00:00+00	2025-01-02 09:00:00+00
1cd00000-0000-4000-9000-000000000002	notification_queue	30	90	\N	\N	2024-01-01 00:00:00+00	2025-01-02 09:00:00+00
\.


--
-- PostgreSQL database dump complete
--
